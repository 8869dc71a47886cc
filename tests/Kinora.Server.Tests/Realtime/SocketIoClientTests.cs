using Kinora.Server.Tests.Mcp;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Realtime;

/// <summary>The client that users run, from npm and unmodified, over each of its ways to connect. What it does and expects stands in tests/clients/sockets.mjs.</summary>
public sealed class SocketIoClientTests
{
    private static readonly string[] Scenarios =
        ["connects", "refused", "namespace", "updates", "images", "requests", "binary", "order", "many", "reconnects", "tooLarge", "foreigners", "ended"];

    public static TheoryData<string, string> Runs
    {
        get
        {
            var runs = new TheoryData<string, string>();
            foreach (var scenario in Scenarios)
            {
                foreach (var transports in (string[])["default", "websocket", "polling"])
                {
                    runs.Add(scenario, transports);
                }
            }

            return runs;
        }
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public async Task TheirClient_GetsWhatItExpects(string scenario, string transports)
    {
        await using var scene = await RealtimeScene.StartAsync();
        await using var control = await SceneControl.StartAsync(scene);

        var run = await NodeClients.RunAsync("sockets.mjs", [scene.Url.GetLeftPart(UriPartial.Authority), control.Urls.First(), scenario, transports], TestContext.Current.CancellationToken);

        run.ExitCode.ShouldBe(0, run.Everything);
        run.Out.Trim().ShouldBe("ok");
    }
}
