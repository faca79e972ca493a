"""What the HL7 v3 messages of CadSUS share, PDQ and PIX alike: parts, header, documents, description. Pure."""
