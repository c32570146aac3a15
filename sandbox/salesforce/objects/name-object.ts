// What may be read through a relationship that can lead to several objects (Who, What, a queue or a user as owner).
import { checkbox, defineField, email, phone, text } from './field-builders.ts';
import { defineObject } from './object-definition.ts';

/** `Type` is not stored: it is the name of the object the record turns out to belong to. */
export const NAME_OBJECT = defineObject('Name', 'Name', '', [
  defineField('Id', 'ID', 'id', { length: 18 }),
  text('Name', 'Name', 255),
  text('Type', 'Type', 40),
  text('FirstName', 'First Name', 40),
  text('LastName', 'Last Name', 80),
  text('Title', 'Title', 128),
  email('Email', 'Email'),
  phone('Phone', 'Phone'),
  text('Username', 'Username', 80),
  text('Alias', 'Alias', 8),
  checkbox('IsActive', 'Active'),
]);
