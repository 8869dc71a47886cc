using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kinora.Server.Tests.Commands;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Mcp.Clients;

/// <summary>Many clients at once that all number their requests and name their progress alike: every answer reaches the one who asked.</summary>
public sealed class CollidingIdsTests
{
    private const int Clients = 64;

    /// <summary>A few in the suite; more, for a longer look, where the environment says so.</summary>
    private static readonly int Rounds = int.Parse(Environment.GetEnvironmentVariable("KINORA_COLLIDING_ROUNDS") ?? "12", NumberStyles.None, CultureInfo.InvariantCulture);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SameIdsOfManyClients_AreNeverDeliveredToAnother()
    {
        await using var scene = await LabFixture.StartAsync();
        scene.Kinora.Environment["KINORA__Providers__lab__MinPollSeconds"] = "2";
        await using var served = new ServedProduct(scene.Kinora);
        await served.StartAsync();

        var rounds = await Task.WhenAll(Enumerable.Range(0, Clients).Select(number => PlayAsync(served.Url, number)));

        rounds.Sum().ShouldBe(Clients * Rounds);
    }

    /// <summary>How often a client was answered; throws when one answer was not its own.</summary>
    private static async Task<int> PlayAsync(string url, int number)
    {
        var nonce = $"nonce-{number}-{Guid.NewGuid():N}";
        using var client = new RawMcp(url, modern: number % 2 == 0);
        await client.OpenAsync(Cancel);
        var created = await client.ToolAsync(
            "create_video", new JsonObject { ["prompt"] = nonce + " [lab:queued=1000]", ["model"] = "lab/lab-video", ["size"] = "1280x720", ["seconds"] = "4" }, Cancel);
        var id = Own(created, nonce).GetProperty("id").GetString()!;
        var answered = 0;
        for (; answered < Rounds; answered++)
        {
            var seen = (answered % 4) switch
            {
                0 => await client.ToolAsync("wait_for_video", new JsonObject { ["video_id"] = id, ["timeout_seconds"] = 0 }, Cancel, progressToken: "same"),
                1 => await client.CallAsync("prompts/get", Prompt(nonce), Cancel, "direct_a_shot"),
                2 => await client.CallAsync("resources/read", new JsonObject { ["uri"] = "kinora://videos/" + id }, Cancel, "kinora://videos/" + id),
                _ => await client.ToolAsync("get_video_status", new JsonObject { ["video_id"] = id }, Cancel),
            };
            Own(seen, nonce);
        }

        return answered;
    }

    private static JsonObject Prompt(string idea) => new() { ["name"] = "direct_a_shot", ["arguments"] = new JsonObject { ["idea"] = idea } };

    /// <summary>An answer to the client with this nonce, and to no other.</summary>
    private static JsonElement Own(JsonElement result, string nonce)
    {
        var text = result.GetRawText();
        text.ShouldContain(nonce);
        text.Replace(nonce, "", StringComparison.Ordinal).ShouldNotContain("nonce-");
        return result.TryGetProperty("structuredContent", out var content) ? content : result;
    }
}
