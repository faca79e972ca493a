# What is yours in vincula.conf.in: one line for each name, then
#   sed -f valores.sed vincula.conf.in > /etc/nginx/conf.d/vincula.conf
# The three names must differ: the identity host asks for a certificate, the others must not.
s|@NOME_SITE@|vincula.example.org|g
s|@NOME_IDENTIDADE@|identidade.example.org|g
s|@NOME_API@|api.example.org|g
# Where the listeners answer: loopback, so that VINCULA_PROXY=127.0.0.1 is the one peer they believe.
s|@ESCUTA_SITE@|127.0.0.1:8000|g
s|@ESCUTA_IDENTIDADE@|127.0.0.1:8001|g
s|@ESCUTA_API@|127.0.0.1:8002|g
# Certificate and key of the server, for the three names.
s|@CERTIFICADO@|/etc/nginx/vincula/servidor.pem|g
s|@CHAVE@|/etc/nginx/vincula/servidor.key|g
# The authorities whose client certificates nginx lets through, in one PEM file. Vincula validates them again (VINCULA_ICP_TRUST).
s|@AUTORIDADES@|/etc/nginx/vincula/autoridades.pem|g
