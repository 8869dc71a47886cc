using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

// The least that the SDK's own server can be: two tools over stdio, no host, no logging. What Kinora's start is measured against.
var options = new McpServerOptions { ServerInfo = new Implementation { Name = "bare", Version = "1" }, ToolCollection = [] };
options.ToolCollection.Add(McpServerTool.Create((string text) => text, new McpServerToolCreateOptions { Name = "echo", Description = "Say it back." }));
options.ToolCollection.Add(McpServerTool.Create((int a, int b) => a + b, new McpServerToolCreateOptions { Name = "add", Description = "Add two numbers." }));
await using var server = McpServer.Create(new StdioServerTransport("bare"), options);
await server.RunAsync();
