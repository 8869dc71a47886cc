using System.Net;
using System.Net.Sockets;
using System.Text;
using Kinora.Adapters.Providers.Http;
using Kinora.Providers;
using Kinora.Server.Tests.Commands;
using Shouldly;
using Xunit;
using Endpoint = Kinora.Adapters.Providers.Http.Endpoint;

namespace Kinora.Server.Tests.Providers.Http;

/// <summary>Hosts that look like names and can be none: <c>Uri</c> takes them, and throws when it is asked for the name in ASCII.</summary>
public sealed class OddHostTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Hosts =>
        ["xn--\u00fc.example", "a.xn--b\u00e4.example", "xn--a-\u00fc", string.Join('.', Enumerable.Repeat(new string('\u00fc', 30), 12))];

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task Link_ToAnImpossibleHost_IsRefused(string host)
    {
        using var files = Fetcher("http://127.0.0.1:9/v1");

        (await files.OpenAsync($"http://{host}/x.mp4", 0, null, Cancel)).ShouldBeOfType<OpenOutcome.Refused>().Text.ShouldContain("a link that is none");
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task Redirect_ToAnImpossibleHost_IsRefused(string host)
    {
        // By hand: no server library lets such a header out.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var home = $"http://{listener.LocalEndpoint}/";
        var answering = AnswerOnceAsync(listener, $"HTTP/1.1 302 Found\r\nLocation: http://{host}/x.mp4\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        using var files = Fetcher(home);

        (await files.OpenAsync(home + "x.mp4", 0, null, Cancel)).ShouldBeOfType<OpenOutcome.Refused>().Text.ShouldContain("a link that is none");
        await answering;
    }

    [Fact]
    public async Task BaseUrl_OfAnImpossibleHost_IsAFaultOfTheConfiguration()
    {
        using var kinora = new KinoraProgram();
        kinora.Environment["KINORA__Providers__gpu__Kind"] = "openai-videos";
        kinora.Environment["KINORA__Providers__gpu__BaseUrl"] = "http://xn--\u00fc.example/v1";

        var run = await kinora.RunAsync("list");

        run.ExitCode.ShouldBe(2, run.Error);
        run.Error.ShouldContain("Providers:gpu:BaseUrl");
    }

    private static async Task AnswerOnceAsync(TcpListener listener, string answer)
    {
        using var client = await listener.AcceptTcpClientAsync(Cancel);
        var stream = client.GetStream();
        await stream.ReadAtLeastAsync(new byte[4096], 1, throwOnEndOfStream: true, Cancel);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(answer), Cancel);
    }

    private static FileFetcher Fetcher(string home) => new("lab", new Endpoint(new Uri(home), "key"), TimeProvider.System, TimeSpan.FromSeconds(2));
}
