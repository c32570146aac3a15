// The SOAP side of the Metadata API: create, update, upsert, read, delete, list and describe, ten components a call.
// Zip deploy and retrieve are not offered.
import type { Org } from '../org/org.ts';
import { toStamp } from '../org/stamp.ts';
import { type ComponentType, type MetadataError, metadataError, noSuchComponent } from './component.ts';
import { childOf, childrenOf, element, parseXml, printXml, textOfChild, type XmlElement } from './xml.ts';

export interface SoapAnswer {
  readonly status: number;
  readonly xml: string;
}

export interface SoapEndpointOptions {
  readonly org: Org;
  readonly components: readonly ComponentType[];
  /** Null when the session is unknown or over. */
  readonly findUser: (sessionId: string) => string | null;
  readonly findUserName: (userId: string) => string;
}

class SoapFault extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const MAX_COMPONENTS = 10;
const NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

const envelope = (content: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" ` +
  `xmlns="${NAMESPACE}" xmlns:xsi="${XSI}"><soapenv:Body>${content}</soapenv:Body></soapenv:Envelope>`;

export const printFault = (code: string, message: string): string =>
  envelope(
    `<soapenv:Fault xmlns:sf="${NAMESPACE}"><faultcode>sf:${code}</faultcode>` +
      `${printXml(element('faultstring', `${code}: ${message}`))}</soapenv:Fault>`,
  );

export const createSoapEndpoint = (options: SoapEndpointOptions): ((body: string) => SoapAnswer) => {
  const { org, components, findUser, findUserName } = options;

  const typeNamed = (name: string): ComponentType => {
    const found = components.find((one) => one.xmlName === name);
    if (found === undefined) {
      throw new SoapFault('INVALID_TYPE', `${name} is not a metadata type this sandbox offers`);
    }
    return found;
  };

  const saveAll = (call: XmlElement, verb: 'create' | 'update' | 'upsert'): XmlElement[] => {
    const given = childrenOf(call, 'metadata');
    checkCount(given.length);
    return given.map((component) => {
      const type = typeNamed(component.attributes['type'] ?? '');
      const fullName = textOfChild(component, 'fullName') ?? '';
      const existed = type.exists(fullName);
      const errors = refuseVerb(type, fullName, verb, existed) ?? type.save(fullName, component);
      return printResult(fullName, errors, verb === 'upsert' ? !existed && errors.length === 0 : null);
    });
  };

  const readAll = (call: XmlElement): XmlElement[] => {
    const type = typeNamed(textOfChild(call, 'type') ?? '');
    const fullNames = childrenOf(call, 'fullNames').map((one) => one.text);
    checkCount(fullNames.length);
    return [
      element(
        'result',
        fullNames.map((fullName) => {
          const children = type.read(fullName);
          return children === null
            ? element('records', [], { 'xsi:nil': 'true' })
            : element('records', children, { 'xsi:type': type.xmlName });
        }),
      ),
    ];
  };

  const removeAll = (call: XmlElement): XmlElement[] => {
    const type = typeNamed(textOfChild(call, 'type') ?? '');
    const fullNames = childrenOf(call, 'fullNames').map((one) => one.text);
    checkCount(fullNames.length);
    return fullNames.map((fullName) => printResult(fullName, type.remove(fullName), null));
  };

  const list = (call: XmlElement, userId: string): XmlElement[] =>
    childrenOf(call, 'queries').flatMap((query) => {
      const type = typeNamed(textOfChild(query, 'type') ?? '');
      const stamp = toStamp(org.now()).replace('+0000', 'Z');
      return type
        .list()
        .map(({ fullName, id }) =>
          element('result', [
            element('createdById', userId),
            element('createdByName', findUserName(userId)),
            element('createdDate', stamp),
            element('fileName', `${type.directoryName}/${fullName}.${type.suffix}`),
            element('fullName', fullName),
            element('id', id),
            element('lastModifiedById', userId),
            element('lastModifiedByName', findUserName(userId)),
            element('lastModifiedDate', stamp),
            element('manageableState', 'unmanaged'),
            element('type', type.xmlName),
          ]),
        );
    });

  const describe = (): XmlElement[] => [
    element('result', [
      ...components.map((type) =>
        element('metadataObjects', [
          ...type.childXmlNames.map((name) => element('childXmlNames', name)),
          element('directoryName', type.directoryName),
          element('inFolder', 'false'),
          element('metaFile', 'false'),
          element('suffix', type.suffix),
          element('xmlName', type.xmlName),
        ]),
      ),
      element('organizationNamespace', ''),
      element('partialSaveAllowed', 'true'),
      element('testRequired', 'false'),
    ]),
  ];

  const run = (call: XmlElement, userId: string): XmlElement[] => {
    switch (call.name) {
      case 'createMetadata':
        return saveAll(call, 'create');
      case 'updateMetadata':
        return saveAll(call, 'update');
      case 'upsertMetadata':
        return saveAll(call, 'upsert');
      case 'readMetadata':
        return readAll(call);
      case 'deleteMetadata':
        return removeAll(call);
      case 'listMetadata':
        return list(call, userId);
      case 'describeMetadata':
        return describe();
      default:
        throw new SoapFault('UNKNOWN_EXCEPTION', `${call.name} is not offered by this sandbox`);
    }
  };

  return (body) => {
    try {
      const root = parseXml(body);
      const header = root === null ? null : childOf(root, 'Header');
      const call = root === null ? undefined : childOf(root, 'Body')?.children[0];
      if (call === undefined) throw new SoapFault('UNKNOWN_EXCEPTION', 'the envelope could not be read');
      const userId = findUser(readSessionId(header));
      if (userId === null) {
        throw new SoapFault(
          'INVALID_SESSION_ID',
          'Invalid Session ID found in SessionHeader: Illegal Session',
        );
      }
      if (!org.profile.canModifyMetadata) {
        throw new SoapFault(
          'INSUFFICIENT_ACCESS',
          'use of the Metadata API requires a user with the ModifyAllData or ModifyMetadata permissions',
        );
      }
      const results = run(call, userId).map(printXml).join('');
      return { status: 200, xml: envelope(`<${call.name}Response>${results}</${call.name}Response>`) };
    } catch (error) {
      if (error instanceof SoapFault) return { status: 500, xml: printFault(error.code, error.message) };
      throw error;
    }
  };
};

const readSessionId = (header: XmlElement | null): string => {
  const session = header === null ? null : childOf(header, 'SessionHeader');
  return session === null ? '' : (textOfChild(session, 'sessionId') ?? '');
};

const checkCount = (count: number): void => {
  if (count > MAX_COMPONENTS) {
    throw new SoapFault(
      'EXCEEDED_ID_LIMIT',
      `record limit reached. cannot submit more than ${MAX_COMPONENTS} records into this call`,
    );
  }
};

const refuseVerb = (
  type: ComponentType,
  fullName: string,
  verb: 'create' | 'update' | 'upsert',
  existed: boolean,
): readonly MetadataError[] | null => {
  if (verb === 'create' && existed) {
    const [object, name] = fullName.split('.');
    return [
      metadataError(
        'DUPLICATE_DEVELOPER_NAME',
        type.xmlName === 'CustomField' && name !== undefined
          ? `There is already a field named ${name.replace(/__c$/, '')} on ${object ?? ''}.`
          : `This name is already in use: ${fullName}`,
      ),
    ];
  }
  return verb === 'update' && !existed ? [noSuchComponent(type.xmlName, fullName)] : null;
};

/** `created` is part of upsert results only. */
const printResult = (
  fullName: string,
  errors: readonly MetadataError[],
  created: boolean | null,
): XmlElement =>
  element('result', [
    ...(created === null ? [] : [element('created', String(created))]),
    ...errors.map(({ message, statusCode }) =>
      element('errors', [element('message', message), element('statusCode', statusCode)]),
    ),
    element('fullName', fullName),
    element('success', String(errors.length === 0)),
  ]);
