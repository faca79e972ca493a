"""The WSDL of each service, of our own writing: two ports, for SOAP 1.2 and 1.1, at one address (sections 6 and 7)."""

from __future__ import annotations

from vincula.formats.cadsus_service.services import OPERATIONS, Operation, Service, rows_of
from vincula.formats.cadsus_service.xsd import SCHEMAS
from vincula.formats.soap import quoted

_SOAP = {"Port": "soap12", "SOAP11Port": "soap"}
_FAULT = "msf"


def render_wsdl(service: Service, address: str) -> bytes:
    """What `address?wsdl` answers; `address` is the service as its callers reach it, without a query."""
    operations, at = OPERATIONS[service], quoted(address)
    fault = rows_of(service)[_FAULT]
    # Every prefix of the schemas, though few are used here: the npm package soap declares in its requests those that
    # stand here, and uses some that it does not declare.
    prefixes = "".join(f' xmlns:{key}="{row.namespace}"' for key, row in sorted(rows_of(service).items()))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<wsdl:definitions name="{service.value}"'
        f' targetNamespace="{service.namespace}" xmlns:tns="{service.namespace}"{prefixes}'
        ' xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:xs="http://www.w3.org/2001/XMLSchema"'
        ' xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:soap12="http://schemas.xmlsoap.org/wsdl/soap12/">\n'
        f"<wsdl:documentation>{service.value} v5r0 como o CadSUS o oferece. Descrição própria da Vincula: o serviço lê"
        " os elementos em qualquer ordem e com qualquer prefixo.</wsdl:documentation>\n"
        "<wsdl:types><xs:schema>"
        f'<xs:import namespace="{service.namespace}" schemaLocation="{at}?xsd={SCHEMAS[service][0]}"/>'
        f'<xs:import namespace="{fault.namespace}" schemaLocation="{at}?xsd={fault.file}"/>'
        "</xs:schema></wsdl:types>\n"
        f"{''.join(_messages(one) for one in operations)}"
        f'<wsdl:message name="{service.fault}">'
        f'<wsdl:part name="fault" element="{_FAULT}:{fault.name}"/></wsdl:message>\n'
        f"{_port_type(service)}{''.join(_binding(service, port) for port in _SOAP)}"
        f'<wsdl:service name="{service.value}">\n{"".join(_port(service, port, at) for port in _SOAP)}</wsdl:service>\n'
        "</wsdl:definitions>\n"
    ).encode()


def _messages(operation: Operation) -> str:
    return "".join(
        f'<wsdl:message name="{name}"><wsdl:part name="parameters" element="tns:{name}"/></wsdl:message>\n'
        for name in (operation.request, operation.response)
    )


def _port_type(service: Service) -> str:
    operations = "".join(
        f'<wsdl:operation name="{one.name}"><wsdl:input message="tns:{one.request}"/>'
        f'<wsdl:output message="tns:{one.response}"/>'
        f'<wsdl:fault name="{service.fault}" message="tns:{service.fault}"/></wsdl:operation>\n'
        for one in OPERATIONS[service]
    )
    return f'<wsdl:portType name="{service.value}PortType">\n{operations}</wsdl:portType>\n'


def _binding(service: Service, port: str) -> str:
    soap = _SOAP[port]
    body = f'<{soap}:body use="literal"/>'
    operations = "".join(
        f'<wsdl:operation name="{one.name}"><{soap}:operation soapAction="" style="document"/>'
        f"<wsdl:input>{body}</wsdl:input><wsdl:output>{body}</wsdl:output>"
        f'<wsdl:fault name="{service.fault}"><{soap}:fault name="{service.fault}" use="literal"/></wsdl:fault>'
        "</wsdl:operation>\n"
        for one in OPERATIONS[service]
    )
    return (
        f'<wsdl:binding name="{service.value}{port}Binding" type="tns:{service.value}PortType">'
        f'<{soap}:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>\n'
        f"{operations}</wsdl:binding>\n"
    )


def _port(service: Service, port: str, at: str) -> str:
    name = f"{service.value}{port}"
    address = f'<{_SOAP[port]}:address location="{at}"/>'
    return f'<wsdl:port name="{name}" binding="tns:{name}Binding">{address}</wsdl:port>\n'
