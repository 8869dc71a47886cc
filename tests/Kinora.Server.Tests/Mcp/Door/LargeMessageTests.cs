using System.Net;
using System.Text;
using System.Text.Json;
using Kinora.Server.Mcp.Transport;
using Kinora.Server.Schema;
using Kinora.Server.Tests.Commands;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Mcp.Door;

/// <summary>Too much of everything: told clearly, paid by nobody, and the next request is served as if nothing had been.</summary>
public sealed class LargeMessageTests
{
    private static readonly string Megabyte = new('a', 1 << 20);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Every tool with a prompt, in its own set.</summary>
    public static TheoryData<string?, string> Prompting => [.. Sets.SelectMany(set => HostileSweep.Specs(set)
        .Where(t => t.Params.Any(p => p.Name == "prompt")).Select(t => new TheoryDataRow<string?, string>(set, t.Name)))];

    private static string?[] Sets => [null, "sora2-mcp", "sora-mcp-server"];

    [Theory]
    [MemberData(nameof(Prompting))]
    public async Task PromptOfAMegabyte_IsRefusedWithItsLimit(string? profile, string tool)
    {
        await using var scene = await LabFixture.StartAsync();
        string[] flags = profile is null ? ["--toolsets", "all"] : ["--profile", profile];
        var source = HostileSweep.Specs(profile).Single(t => t.Name == tool).Params[0] is TextParam { Name: not "prompt" } id ? $"\"{id.Name}\":\"video_none\"," : "";
        var given = $$"""{{{source}}"prompt":"{{Megabyte}}"}""";
        await using var client = await StdioMcp.StartAsync(scene.Kinora, flags);
        await using var served = new ServedProduct(scene.Kinora);
        await served.StartAsync(flags);
        using var http = new HttpMcp(served.Url);
        await http.OpenAsync(Cancel);

        foreach (var answer in (JsonElement[])[await client.ToolAsync(tool, given), await http.ToolAsync(tool, given, Cancel)])
        {
            var result = answer.GetProperty("result");
            result.GetProperty("isError").GetBoolean().ShouldBeTrue();
            result.GetProperty("content")[0].GetProperty("text").GetString()!
                .ShouldBe("prompt must be text of 1 to 32,000 characters; 1,048,576 characters were given.");
        }

        (await client.RequestAsync("ping", "{}")).TryGetProperty("result", out _).ShouldBeTrue();
        (await http.RequestAsync("ping", "{}", Cancel)).TryGetProperty("result", out _).ShouldBeTrue();
        scene.Lab.Traffic.Requests.ShouldNotContain(request => request.Method == "POST");
    }

    [Theory]
    [InlineData(JsonRpcText.MaxBytes + 1)]
    [InlineData(10 << 20)]
    public async Task LineThatIsTooLong_IsToldOnce_AndTheNextOneIsServed(int bytes)
    {
        using var kinora = new KinoraProgram();
        await using var client = await StdioMcp.StartAsync(kinora);

        await client.WriteAsync($$$"""{"jsonrpc":"2.0","id":"long","method":"ping","params":{"x":"{{{new string('a', bytes)}}}"}}""");

        var told = await client.NextOtherAsync();
        told.GetProperty("error").GetProperty("code").GetInt32().ShouldBe(-32600);
        told.GetProperty("error").GetProperty("message").GetString()!.ShouldContain("4 MiB");
        told.TryGetProperty("id", out var id).ShouldBeTrue(told.GetRawText());
        id.ValueKind.ShouldBe(JsonValueKind.Null);
        (await client.RequestAsync("ping", "{}")).TryGetProperty("result", out _).ShouldBeTrue();
        client.Others.ShouldBeEmpty();
    }

    [Fact]
    public async Task LineOfJustTheLimit_IsServed()
    {
        using var kinora = new KinoraProgram();
        await using var client = await StdioMcp.StartAsync(kinora);
        const string frame = """{"jsonrpc":"2.0","id":4711,"method":"ping","params":{"x":""}}""";

        await client.WriteAsync(frame.Insert(frame.Length - 3, new string('a', JsonRpcText.MaxBytes - frame.Length)));

        var answer = await client.NextOtherAsync();
        answer.GetProperty("id").GetInt32().ShouldBe(4711);
        answer.TryGetProperty("result", out _).ShouldBeTrue(answer.GetRawText());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task BodyThatIsTooLarge_Is413_AndTheNextOneIsServed(bool saysItsLength)
    {
        await using var served = new ServedProduct();
        await served.StartAsync();
        using var http = new HttpMcp(served.Url);
        await http.OpenAsync(Cancel);
        var body = Encoding.UTF8.GetBytes($$$"""{"jsonrpc":"2.0","id":1,"method":"ping","params":{"x":"{{{new string('a', JsonRpcText.MaxBytes)}}}"}}""");

        // A client that does not ask first may find the connection closed before it has read why: it is still sending what nobody reads.
        var answer = saysItsLength
            ? await http.PostAsync(new ByteArrayContent(body), Cancel, ("Expect", "100-continue"))
            : await http.PostAsync(new WithoutLength(body), Cancel);

        answer.Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge, answer.Text);
        answer.Error.GetProperty("code").GetInt32().ShouldBe(-32600);
        answer.Error.GetProperty("message").GetString()!.ShouldContain("4 MiB");
        (await http.RequestAsync("ping", "{}", Cancel)).TryGetProperty("result", out _).ShouldBeTrue();
    }

    /// <summary>Sent in chunks.</summary>
    private sealed class WithoutLength(byte[] body) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(body).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
