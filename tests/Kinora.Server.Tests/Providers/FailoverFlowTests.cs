using System.Net.Http.Headers;
using System.Text.Json;
using Kinora.Server.Tests.Gateway;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Providers;

/// <summary>Several models in one request, through the served product: what is told of it, and what the ledger says.</summary>
public sealed class FailoverFlowTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Create_FirstModelRefuses_TheSecondMakesIt_AndEveryDoorTellsWhy()
    {
        await using var scene = await GatewayScene.StartAsync(lab => [GatewayScene.LabVideos(lab, name: "one"), GatewayScene.LabVideos(lab, "sglang", name: "two")]);
        scene.Lab.PlayNext("create=402");

        var made = await SendAsync(scene, HttpMethod.Post, "/api/videos", new { model = "one/lab-video|two/lab-video", prompt = "A fox", size = "320x180", seconds = 1 });
        var id = made.GetProperty("id").GetString();
        var video = made;
        while (video.GetProperty("status").GetString() is "queued" or "in_progress")
        {
            await Task.Delay(100, Cancel);
            video = await SendAsync(scene, HttpMethod.Get, $"/api/videos/{id}");
        }

        video.GetProperty("status").GetString().ShouldBe("completed", video.ToString());
        var kinora = video.GetProperty("kinora");
        kinora.GetProperty("model").GetString().ShouldBe("two/lab-video");
        var attempt = kinora.GetProperty("attempts").EnumerateArray().ShouldHaveSingleItem();
        (attempt.GetProperty("model").GetString(), attempt.GetProperty("code").GetString()).ShouldBe(("one/lab-video", "provider_quota"));
        scene.Lab.Ledger.Creates.ShouldHaveSingleItem().Shape.ShouldBe("openai-videos/sglang");
        var seen = await SendAsync(scene, HttpMethod.Get, $"/v1/videos/video_{id!.Replace("-", "", StringComparison.Ordinal)}");
        seen.GetProperty("kinora").GetProperty("attempts")[0].GetProperty("model").GetString().ShouldBe("one/lab-video");
    }

    [Fact]
    public async Task Create_OneOfTheModelsCannot_IsRefusedBeforeAnythingIsSent()
    {
        await using var scene = await GatewayScene.StartAsync(lab => [GatewayScene.LabVideos(lab, name: "one")]);

        var refused = await SendAsync(scene, HttpMethod.Post, "/api/videos", new { model = "one/lab-video|xai/grok|animatic/storyboard", prompt = "A fox", size = "320x180", seconds = 61 });

        var text = refused.ToString();
        text.ShouldContain("animatic/storyboard makes 1 to 60 seconds");
        text.ShouldContain("XAI_API_KEY");
        scene.Lab.Traffic.Requests.ShouldNotContain(r => r.Method == "POST");
    }

    private static async Task<JsonElement> SendAsync(GatewayScene scene, HttpMethod method, string path, object? body = null)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(method, new Uri(scene.BaseUrl, path)) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", scene.Key);
        using var reply = await http.SendAsync(request, Cancel);
        return JsonDocument.Parse(await reply.Content.ReadAsStringAsync(Cancel)).RootElement;
    }
}
