using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Kinora.Server.Tests.Gateway;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Providers;

/// <summary>A provider calls back: its job is looked at now, and whoever has no right to call brings about nothing.</summary>
public sealed class CallbackFlowTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Call_AtTheJobsOwnAddress_BringsTheResultLongBeforeTheNextLook()
    {
        await using var scene = await GatewayScene.StartAsync(
            lab => [new Upstream("ark", "ark", "", new Uri(lab.BaseUrl, "/ark/api/v3"), "lab-key")],
            settings: [("Server__PublicUrl", "https://studio.example"), ("Providers__ark__MinPollSeconds", "3600")]);
        using var http = new HttpClient { BaseAddress = scene.BaseUrl };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", scene.Key);
        var made = await http.PostAsJsonAsync("/api/videos", new { model = "ark/seedance-1-5-pro-251215", prompt = "A fox [lab:queued=0,running=0]" }, Cancel);
        made.StatusCode.ShouldBe(HttpStatusCode.OK, await made.Content.ReadAsStringAsync(Cancel));
        var id = (await made.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("id").GetString();
        await UntilAsync(() => Task.FromResult(scene.Lab.Ledger.Creates.Count == 1));
        var told = scene.Lab.Traffic.Sent.First(r => r.Method == "POST").Json!["callback_url"]!.GetValue<string>();
        told.ShouldStartWith($"https://studio.example/hooks/{id!.Replace("-", "", StringComparison.Ordinal)}/");
        var path = new Uri(told).PathAndQuery;
        await UntilAsync(async () => (await StageAsync(http, id)) == "running");

        (await CallAsync(http, path[..^1] + (path[^1] == 'A' ? 'B' : 'A'))).ShouldBe(HttpStatusCode.NotFound);
        (await CallAsync(http, $"/hooks/{new string('0', 32)}/{path.Split('/')[^1]}")).ShouldBe(HttpStatusCode.NotFound);
        (await CallAsync(http, "/hooks/../../etc/passwd/x")).ShouldBe(HttpStatusCode.NotFound);
        (await CallAsync(http, path, new string('x', 2 << 20))).ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await StageAsync(http, id)).ShouldBe("running");
        scene.Lab.Traffic.Requests.ShouldNotContain(r => r.Method == "GET");

        // What it says is not believed.
        (await CallAsync(http, path, """{"status":"failed"}""")).ShouldBe(HttpStatusCode.OK);
        await UntilAsync(async () => (await StageAsync(http, id)) == "completed");
        (await CallAsync(http, path)).ShouldBe(HttpStatusCode.OK, "a second call does no harm");
        scene.Lab.Ledger.Creates.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("replicate", "/replicate/v1", "replicate/google/veo-3.1", "early", true)]
    [InlineData("replicate", "/replicate/v1", "replicate/google/veo-3.1", "twice", true)]
    [InlineData("replicate", "/replicate/v1", "replicate/google/veo-3.1", "forged", false)]
    [InlineData("replicate", "/replicate/v1", "replicate/google/veo-3.1", "old", false)]
    [InlineData("fal", "/fal", "fal/fal-ai/wan/v2.7", "twice", true)]
    [InlineData("fal", "/fal", "fal/fal-ai/wan/v2.7", "forged", false)]
    [InlineData("fal", "/fal", "fal/fal-ai/wan/v2.7", "old", false)]
    [InlineData("minimax", "/minimax", "minimax/MiniMax-H3", "twice", true)]
    public async Task Call_OfTheVendorItself_BringsALookWhenItIsGenuine(string kind, string path, string model, string hook, bool looked)
    {
        var port = FreePort();
        await using var scene = await GatewayScene.StartAsync(
            lab => [new Upstream(kind, kind, "", new Uri(lab.BaseUrl, path), "lab-key") { JwksUrl = kind == "fal" ? new Uri(lab.BaseUrl, "/lab/keys/fal") : null }],
            listen: $"http://127.0.0.1:{port}",
            settings: [("Server__PublicUrl", $"http://127.0.0.1:{port}"), ($"Providers__{kind}__MinPollSeconds", "3600")]);
        using var http = new HttpClient { BaseAddress = scene.BaseUrl };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", scene.Key);

        var made = await http.PostAsJsonAsync("/api/videos", new { model, prompt = $"A fox [lab:queued=0,running=0,hook={hook}]" }, Cancel);

        made.StatusCode.ShouldBe(HttpStatusCode.OK, await made.Content.ReadAsStringAsync(Cancel));
        var id = (await made.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("id").GetString()!;
        if (looked)
        {
            await UntilAsync(async () => (await StageAsync(http, id)) == "completed");
        }
        else
        {
            await UntilAsync(() => Task.FromResult(scene.Lab.Calls.Contains($"{hook} 403")));
            (await StageAsync(http, id)).ShouldBe("running");
        }

        scene.Lab.Ledger.Creates.Count.ShouldBe(1);
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<HttpStatusCode> CallAsync(HttpClient http, string path, string body = "{}")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        using var reply = await http.SendAsync(request, Cancel);
        return reply.StatusCode;
    }

    private static async Task<string?> StageAsync(HttpClient http, string id) =>
        (await http.GetFromJsonAsync<JsonElement>($"/api/videos/{id}", Cancel)).GetProperty("kinora").GetProperty("stage").GetString();

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (var i = 0; i < 600; i++)
        {
            if (await condition())
            {
                return;
            }

            await Task.Delay(50, Cancel);
        }

        throw new TimeoutException("It did not happen.");
    }
}
