using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Kinora.Server.Tests.Commands;
using Kinora.Server.Web;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Mcp.Door;

/// <summary>Who may come in over HTTP, and by which name: decided before a byte of the body is read.</summary>
public sealed class HttpGuardTests(ServedProduct served) : IClassFixture<ServedProduct>
{
    private const string Create =
        """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"create_video","arguments":{"prompt":"A cat","size":"320x180","seconds":"1"}}}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> ForeignHosts =>
    [
        "evil.example", "evil.example:PORT", "127.0.0.1.nip.io:PORT", "localhost.evil.example:PORT", "localhost.:PORT", "evil.example@127.0.0.1:PORT", "127.0.0.1@evil.example", "0.0.0.0:PORT", "127.1:PORT",
        "2130706433:PORT", "0x7f000001:PORT", "[::ffff:127.0.0.1]:PORT", "127.0.0.2:PORT", "xn--lcalhost-0ya:PORT", "127.0.0.1:PORT:PORT", "127.0.0.1, evil.example", "",
    ];

    [Theory]
    [MemberData(nameof(ForeignHosts))]
    public async Task ForeignHost_IsRefusedBeforeTheBody(string host) => (await StatusAsync($"Host: {host.Replace("PORT", Port, StringComparison.Ordinal)}\r\n")).ShouldBeOneOf(400, 403);

    [Fact]
    public async Task NoHost_OrTwo_IsRefused()
    {
        (await StatusAsync("")).ShouldBe(400);
        (await StatusAsync($"Host: 127.0.0.1:{Port}\r\nHost: evil.example\r\n")).ShouldBe(400);
        (await StatusAsync($"Host: 127.0.0.1:{Port}\r\nHost: 127.0.0.1:{Port}\r\n")).ShouldBe(400);
    }

    [Theory]
    [InlineData("http://evil.example")]
    [InlineData("https://evil.example:PORT")]
    [InlineData("null")]
    [InlineData("http://127.0.0.1.nip.io:PORT")]
    [InlineData("http://localhost.evil.example")]
    [InlineData("http://localhost@evil.example")]
    [InlineData("http://localhost:PORT@evil.example")]
    [InlineData("http://evil.example#http://localhost")]
    [InlineData("http://localhost evil.example")]
    [InlineData("http://localhost, http://evil.example")]
    [InlineData("http://localhost/page")]
    [InlineData("file://localhost")]
    [InlineData("chrome-extension://localhost")]
    [InlineData("localhost")]
    [InlineData("//localhost")]
    public async Task ForeignOrigin_Is403BeforeTheBody(string origin) =>
        (await StatusAsync($"Host: 127.0.0.1:{Port}\r\nOrigin: {origin.Replace("PORT", Port, StringComparison.Ordinal)}\r\n")).ShouldBe(403);

    [Fact]
    public async Task TwoOrigins_Are403_AlsoWhenBothWouldDo() =>
        (await StatusAsync($"Host: 127.0.0.1:{Port}\r\nOrigin: http://localhost:{Port}\r\nOrigin: http://localhost:{Port}\r\n")).ShouldBe(403);

    [Theory]
    [InlineData("127.0.0.1:PORT", null)]
    [InlineData("localhost:PORT", null)]
    [InlineData("LocalHost", null)]
    [InlineData("[::1]:PORT", null)]
    [InlineData("127.0.0.1:PORT", "http://127.0.0.1:PORT")]
    [InlineData("127.0.0.1:PORT", "http://localhost:5173")]
    [InlineData("127.0.0.1:PORT", "https://LOCALHOST")]
    public async Task OwnHostAndOrigin_AreServed(string host, string? origin)
    {
        using var client = new HttpMcp(served.Url);
        (string, string)[] headers = [("Host", host.Replace("PORT", Port, StringComparison.Ordinal)), .. origin is null ? Array.Empty<(string, string)>() : [("Origin", origin.Replace("PORT", Port, StringComparison.Ordinal))]];

        (await client.PostAsync($$"""{"jsonrpc":"2.0","id":0,"method":"initialize","params":{{StdioMcp.Hello}}}""", Cancel, headers)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("text/plain;application/json")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData(null)]
    public async Task RequestThatAnyPageCanSend_RunsNoTool(string? type)
    {
        using var http = new HttpClient();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Create));
        (type is null || content.Headers.TryAddWithoutValidation("Content-Type", type)).ShouldBeTrue();
        using var request = new HttpRequestMessage(HttpMethod.Post, served.Url) { Content = content };
        request.Headers.TryAddWithoutValidation("Accept", "*/*");

        using var answer = await http.SendAsync(request, Cancel);

        answer.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await http.GetAsync(new Uri(served.Url), Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotAcceptable);
        (await served.Kinora.RunAsync("list", "--json")).Json.GetProperty("data").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("1999-01-01")]
    [InlineData("2026-07-29")]
    [InlineData("latest")]
    public async Task UnknownRevision_IsToldWithTheKnownOnes(string version)
    {
        using var client = new HttpMcp(served.Url);

        var answer = await client.PostAsync(Create, Cancel, ("MCP-Protocol-Version", version), ("Mcp-Method", "tools/call"), ("Mcp-Name", "create_video"));

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Error.GetProperty("code").GetInt32().ShouldBe(-32022);
        answer.Error.GetProperty("data").GetProperty("supported")[0].GetString().ShouldBe(HttpMcp.Modern);
    }

    [Theory]
    [InlineData("2024-11-05", "2024-11-05")]
    [InlineData("2025-03-26", "2025-03-26")]
    [InlineData("2025-06-18", "2025-06-18")]
    [InlineData("2025-11-25", "2025-11-25")]
    [InlineData("1999-01-01", "2025-11-25")]
    public async Task Handshake_AnswersInTheRevisionAsked_ElseInTheNewestThatHasOne(string asked, string answered)
    {
        using var client = new HttpMcp(served.Url);
        var hello = StdioMcp.Hello.Replace("2025-11-25", asked, StringComparison.Ordinal);

        var answer = await client.PostAsync($$"""{"jsonrpc":"2.0","id":0,"method":"initialize","params":{{hello}}}""", Cancel);

        answer.Messages.Single().GetProperty("result").GetProperty("protocolVersion").GetString().ShouldBe(answered);
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://*:0")]
    [InlineData("http://127.0.0.1:0;http://0.0.0.0:0")]
    public async Task AddressBeyondLoopback_LetsNobodyInWithoutAKeyOrSignIn(string urls)
    {
        using var kinora = new KinoraProgram();
        await using var wide = new ServedProduct(kinora);
        await wide.StartAsync("--urls", urls);
        var url = new UriBuilder(wide.Url) { Host = "127.0.0.1" }.Uri;

        (await TryAsync(url, null)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        using var http = new HttpClient();
        (await http.GetAsync(new Uri(url, "/api/videos"), Cancel)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        new ServerOptions().Urls.ShouldBe("http://127.0.0.1:3000");
    }

    [Fact]
    public async Task WithoutAKey_WhereOneIsNeeded_Is401_AndPointsToTheMetadata()
    {
        using var kinora = new KinoraProgram();
        var key = await Keys.CreateAsync(kinora, "ann");
        var readOnly = await Keys.CreateAsync(kinora, "ann", "read");
        var admin = await Keys.CreateAsync(kinora, "ann", "admin");
        kinora.Environment["KINORA__Server__AuthorizationServers"] = "https://login.example";
        await using var wide = new ServedProduct(kinora);
        await wide.StartAsync("--urls", "http://0.0.0.0:0");
        var url = new UriBuilder(wide.Url) { Host = "127.0.0.1" }.Uri;

        var without = await TryAsync(url, null);
        without.Status.ShouldBe(HttpStatusCode.Unauthorized);
        var challenge = without.Headers.WwwAuthenticate.Single();
        challenge.Scheme.ShouldBe("Bearer");
        var metadata = challenge.Parameter!.Split('"')[1];
        metadata.ShouldBe(new Uri(url, "/.well-known/oauth-protected-resource/mcp").ToString());
        using var http = new HttpClient();
        var described = JsonElement.Parse(await http.GetStringAsync(new Uri(metadata), Cancel));
        described.GetProperty("resource").GetString().ShouldBe(url.ToString());
        described.GetProperty("authorization_servers")[0].GetString().ShouldBe("https://login.example");

        foreach (var wrong in (string[])["kin_" + new string('x', 43), key[..^1], key + "x", key.ToUpperInvariant(), "x", ""])
        {
            var refused = await TryAsync(url, wrong);
            refused.Status.ShouldBe(HttpStatusCode.Unauthorized, wrong);
            refused.Headers.WwwAuthenticate.Single().Parameter!.ShouldContain("invalid_token");
        }

        (await TryAsync(url, admin)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await TryAsync(url, key)).Status.ShouldBe(HttpStatusCode.OK);
        using var reader = new HttpMcp(url.ToString(), readOnly);
        await reader.OpenAsync(Cancel);
        var scope = (await reader.ToolAsync("create_video", """{"prompt":"A cat"}""", Cancel)).GetProperty("result");
        scope.GetProperty("isError").GetBoolean().ShouldBeTrue();
        scope.GetProperty("_meta").GetProperty("kinora/code").GetString().ShouldBe("scope_missing");
    }

    private string Port => new Uri(served.Url).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<HttpAnswer> TryAsync(Uri url, string? key)
    {
        using var client = new HttpMcp(url.ToString(), key);
        return await client.PostAsync($$"""{"jsonrpc":"2.0","id":0,"method":"initialize","params":{{StdioMcp.Hello}}}""", Cancel);
    }

    /// <summary>Sends the head of a request and nothing of the body it announces; the status comes all the same.</summary>
    private async Task<int> StatusAsync(string headers)
    {
        var url = new Uri(served.Url);
        using var client = new TcpClient();
        await client.ConnectAsync(url.Host, url.Port, Cancel);
        var head = $"POST /mcp HTTP/1.1\r\n{headers}Content-Type: application/json\r\nAccept: application/json, text/event-stream\r\nContent-Length: 1000000\r\n\r\n";
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head), Cancel);
        using var reader = new StreamReader(client.GetStream());
        return int.Parse((await reader.ReadLineAsync(Cancel))!.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }
}
