using System.Net.WebSockets;
using System.Text.Json;
using Kinora.Errors;
using Kinora.Jobs;
using Kinora.Server.Realtime;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Realtime;

/// <summary>What a user's sockets are told, and what becomes of it when things go wrong.</summary>
public sealed class UserFeedTests
{
    [Fact]
    public async Task UnfinishedJobs_AreAllTold_HoweverLittleMayWait()
    {
        await using var scene = await RealtimeScene.StartAsync(new RealtimeOptions { MaxWaiting = 16 });
        var ids = await AddAsync(scene, 700);
        using var client = new RawClient(scene);
        using var socket = await client.ConnectAsync("ann", signIn: true);
        var session = await client.BeginAsync("ann");

        var overSocket = new HashSet<string>();
        while (overSocket.Count < ids.Count)
        {
            overSocket.Add(Said((await socket.NextAsync())!).Id).ShouldBeTrue("told twice");
        }

        var overPolling = new HashSet<string>();
        while (overPolling.Count < ids.Count)
        {
            foreach (var packet in (await client.GetAsync(session)).Body.Split('\u001e'))
            {
                overPolling.Add(Said(packet).Id).ShouldBeTrue("told twice");
            }
        }

        overSocket.ShouldBe(ids.Select(i => i.Uuid), ignoreOrder: true);
        overPolling.ShouldBe(overSocket, ignoreOrder: true);
    }

    [Fact]
    public async Task WhoeverConnectsWhileJobsMove_MissesNothing_AndHearsNothingTwice()
    {
        await using var scene = await RealtimeScene.StartAsync();
        var ids = await AddAsync(scene, 10);
        using var client = new RawClient(scene);
        var moving = Task.Run(async () =>
        {
            for (var step = 1; step <= 20; step++)
            {
                foreach (var id in ids)
                {
                    await scene.MoveAsync(id, JobStatus.Running, step / 100.0);
                }
            }
        });

        await Parallel.ForAsync(0, 30, async (_, cancel) =>
        {
            using var socket = await client.ConnectAsync("ann", signIn: true);
            var known = new Dictionary<string, int>();
            while (ids.Any(i => known.GetValueOrDefault(i.Uuid) < 20))
            {
                var (id, updates) = Said((await socket.NextAsync())!);
                var before = known.GetValueOrDefault(id, -1);
                if (updates.TryGetProperty("progress", out var progress))
                {
                    known[id] = progress.GetInt32();
                    known[id].ShouldBeGreaterThan(before);
                }
            }
        });
        await moving;
    }

    [Fact]
    public async Task SeveralSocketsOfAUser_HearTheSame()
    {
        await using var scene = await RealtimeScene.StartAsync();
        using var client = new RawClient(scene);
        using var first = await client.ConnectAsync("ann", signIn: true);
        using var second = await client.ConnectAsync("ann", signIn: true);
        var id = await scene.AddAsync("ann");
        var created = await first.NextAsync();
        (await second.NextAsync()).ShouldBe(created);

        await scene.MoveAsync(id, JobStatus.Failed);

        (await first.NextAsync()).ShouldBe($$$"""42["video_update",{"video_id":"{{{id.Uuid}}}","updates":{"status":"failed","error_message":"The provider gave up."}}]""");
        (await second.NextAsync())!.ShouldContain("failed");
    }

    [Fact]
    public async Task ARequestOfOneSocket_IsNoNewsForTheOther()
    {
        await using var scene = await RealtimeScene.StartAsync();
        var old = await scene.AddAsync("ann");
        await scene.MoveAsync(old, JobStatus.Failed);
        using var client = new RawClient(scene);
        using var asking = await client.ConnectAsync("ann", signIn: true);
        using var other = await client.ConnectAsync("ann", signIn: true);

        await asking.SendAsync("42" + $$"""["request_video_status",{"video_id":"{{old}}"}]""");
        Said((await asking.NextAsync())!).Id.ShouldBe(old.Uuid);
        var next = await scene.AddAsync("ann");

        Said((await other.NextAsync())!).Id.ShouldBe(next.Uuid);
        Said((await asking.NextAsync())!).Id.ShouldBe(next.Uuid);
    }

    [Fact]
    public async Task AStoreThatFailsForAWhile_DelaysTheNews_AndLosesNone()
    {
        await using var scene = await RealtimeScene.StartAsync();
        var id = await scene.AddAsync("ann");
        var failed = 0;
        scene.ServedStore.OnLastEvent = () => _ = Interlocked.Increment(ref failed) == 1 ? throw new KinoraException(ErrorCodes.DatabaseBusy, "busy") : 0;
        using var client = new RawClient(scene);
        using var socket = await client.ConnectAsync("ann", signIn: true);

        Said((await socket.NextAsync())!).Id.ShouldBe(id.Uuid);

        failed.ShouldBe(2);
    }

    [Fact]
    public async Task AFaultThatNobodyForesaw_ClosesTheSockets_WhichComeBack()
    {
        await using var scene = await RealtimeScene.StartAsync();
        var id = await scene.AddAsync("ann");
        var failed = 0;
        scene.ServedStore.OnLastEvent = () => _ = Interlocked.Increment(ref failed) == 1 ? throw new InvalidOperationException("a bug") : 0;
        using var client = new RawClient(scene);
        using (var socket = await client.ConnectAsync("ann", signIn: true))
        {
            (await socket.NextAsync()).ShouldBeNull();
            socket.CloseStatus.ShouldBe(WebSocketCloseStatus.EndpointUnavailable);
        }

        using var again = await client.ConnectAsync("ann", signIn: true);
        Said((await again.NextAsync())!).Id.ShouldBe(id.Uuid);
    }

    private static async Task<IReadOnlyList<JobId>> AddAsync(RealtimeScene scene, int count) =>
        await Task.WhenAll(Enumerable.Range(0, count).Select(_ => scene.AddAsync("ann")));

    private static (string Id, JsonElement Updates) Said(string packet)
    {
        packet.ShouldStartWith("42[\"video_update\",");
        var said = JsonDocument.Parse(packet[2..]).RootElement[1];
        return (said.GetProperty("video_id").GetString()!, said.GetProperty("updates"));
    }
}
