using System.Text.Json;
using Kinora.Server.Tests.Api.Flows;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Gateway;

/// <summary>Clients that look, and what that costs elsewhere.</summary>
public sealed class PollingTests
{
    private const int Clients = 100;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AHundredPollingClients_CauseNoLookAtTheProvider()
    {
        // The lab's job ends after so many looks, so it tells how many there were.
        await using var scene = await GatewayScene.StartAsync(lab => [GatewayScene.LabVideos(lab)]);
        using var user = new ApiClient(scene.BaseUrl.ToString(), scene.Key);
        var lonely = await CreateAsync(user, "nobody looks");
        await UntilDoneAsync(user, lonely, TimeSpan.FromSeconds(1));
        var popular = await CreateAsync(user, "everybody looks");

        var looks = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => UntilDoneAsync(user, popular, TimeSpan.Zero)));

        looks.Sum().ShouldBeGreaterThan(2 * Clients);
        var jobs = JsonDocument.Parse(await new HttpClient().GetStringAsync(new Uri(scene.Lab.BaseUrl, "/lab/requests"), Cancel)).RootElement.GetProperty("jobs").EnumerateArray().ToList();
        jobs.Count.ShouldBe(2);
        jobs[1].GetProperty("polls").GetInt32().ShouldBe(jobs[0].GetProperty("polls").GetInt32());
    }

    private static async Task<string> CreateAsync(ApiClient user, string prompt)
    {
        var created = await user.SendAsync(HttpMethod.Post, "/v1/videos", JsonContent.Create(new { prompt = prompt + " [lab:running=10]", model = "lab/lab-video" }));
        created.Message.Headers.Contains("openai-poll-after-ms").ShouldBeTrue(created.Text);
        return created.Id;
    }

    /// <returns>How often it looked.</returns>
    private static async Task<int> UntilDoneAsync(ApiClient user, string id, TimeSpan pause)
    {
        for (var looks = 1; ; looks++)
        {
            var video = await user.GetAsync($"/v1/videos/{id}");
            switch (video.Json.GetProperty("status").GetString())
            {
                case "completed":
                    video.Message.Headers.Contains("openai-poll-after-ms").ShouldBeFalse();
                    return looks;
                case "failed":
                    throw new ShouldAssertException(video.Text);
                default:
                    await Task.Delay(pause, Cancel);
                    break;
            }
        }
    }
}
