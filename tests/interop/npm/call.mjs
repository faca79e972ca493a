// Makes the calls of a plan (JSON on standard input) with the npm package `soap`, built from the WSDL at its address.
// The plan: wsdl; ca, cert, key (files); token, or user and password; soap12; calls [{operation, args}].
// Prints for each call {result} or {fault} as JSON.
import { readFileSync } from "node:fs";
import https from "node:https";
import { createRequire } from "node:module";

const soap = createRequire(`${process.argv[2]}/`)("soap");
const plan = JSON.parse(readFileSync(0, "utf8"));
const [ca, cert, key] = [plan.ca, plan.cert, plan.key].map((file) => readFileSync(file));
const agent = { httpsAgent: new https.Agent({ ca, cert, key }) };

const client = await soap.createClientAsync(plan.wsdl, {
  forceSoap12Headers: plan.soap12,
  wsdl_options: agent,
});
if (plan.token) client.addHttpHeader("Authorization", `jwt ${plan.token}`);
if (plan.user) client.setSecurity(new soap.WSSecurity(plan.user, plan.password, { hasTimeStamp: true }));
const ports = Object.values(Object.values(client.describe())[0]);
const told = [];
for (const { operation, args } of plan.calls) {
  try {
    const [result] = await client[`${operation}Async`](args, agent);
    told.push({ result });
  } catch (error) {
    if (!error.response) throw error;
    told.push({ fault: { status: error.response.status, body: error.response.data } });
  }
}
console.log(JSON.stringify({ ports: ports.length, operations: Object.keys(ports[0]), told }));
