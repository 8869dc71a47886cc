using System.Text.Json;
using Kinora.Server.Tests.Commands;
using Kinora.Server.Tests.Webhooks;
using Shouldly;
using Xunit;
using static System.Net.HttpStatusCode;

namespace Kinora.Server.Tests.Api.Flows;

/// <summary>What a user sets up for programs: keys they come with, and webhooks they are told by.</summary>
[Collection(nameof(ServedApi))]
public sealed class AccountFlowTests(ServedApi api)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AKey_DoesWhatItsScopesSay_UntilItIsRevoked()
    {
        using var user = await api.NewUserAsync();
        var made = (await user.PostAsync("/api/keys", new { name = "cutting room", scopes = new[] { "read" } })).Json;
        using var reader = new ApiClient(api.Url, made.GetProperty("key").GetString());
        using var maker = new ApiClient(api.Url, (await user.PostAsync("/api/keys", new { name = "maker" })).Json.GetProperty("key").GetString());
        var id = await maker.MadeAsync();

        (await reader.GetAsync($"/api/videos/{id}/content")).Status.ShouldBe(OK);
        (await reader.PostAsync("/api/videos", new { prompt = "A fox" })).ShouldBe(Forbidden, "This key lacks the scope create. Make one that has it, or sign in.");
        (await reader.DeleteAsync($"/api/videos/{id}")).Status.ShouldBe(Forbidden);
        (await maker.GetAsync("/api/admin/users")).Status.ShouldBe(Forbidden);
        (await maker.PostAsync("/api/keys", new { name = "another" })).Status.ShouldBe(Forbidden);
        (await user.PostAsync("/api/keys", new { name = "all", scopes = new[] { "admin" } })).Status.ShouldBe(Forbidden);
        (await reader.GetAsync("/api/auth/me")).Json.GetProperty("scopes").EnumerateArray().Select(s => s.GetString()).ShouldBe(["read"]);

        var listed = await user.GetAsync("/api/keys");
        listed.Text.ShouldNotContain("kin_");
        listed.Json.GetProperty("keys").EnumerateArray().Select(k => k.GetProperty("name").GetString()).ShouldBe(["cutting room", "maker"], ignoreOrder: true);
        using var another = await api.NewUserAsync();
        (await another.DeleteAsync($"/api/keys/{made.GetProperty("id").GetString()}")).Status.ShouldBe(NotFound);
        (await user.DeleteAsync($"/api/keys/{made.GetProperty("id").GetString()}")).Text.ShouldBe("""{"success":true}""");
        await UntilAsync(async () => (await reader.GetAsync("/api/videos")).Status == Unauthorized);
        (await maker.GetAsync("/api/videos")).Status.ShouldBe(OK);
    }

    [Fact]
    public async Task AWebhook_IsTested_ToldAndReplayed()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var user = await api.NewUserAsync();
        using var another = await api.NewUserAsync();
        var made = (await user.PostAsync("/api/webhooks", new { url = receiver.Url, description = "Editing suite" })).Json;
        made.GetProperty("secret").GetString().ShouldStartWith("whsec_");
        var path = $"/api/webhooks/{made.GetProperty("id").GetString()}";

        var test = await user.PostAsync($"{path}/test");
        test.Status.ShouldBe(OK, test.Text);
        (await receiver.NextAsync(Cancel)).Id.ShouldBe(test.Id);

        var video = await user.MadeAsync();
        var told = await receiver.NextAsync(Cancel);
        var message = JsonDocument.Parse(told.Body).RootElement;
        message.GetProperty("type").GetString().ShouldBe("video.completed");
        message.GetProperty("data").GetProperty("id").GetString().ShouldBe("video_" + video.Replace("-", "", StringComparison.Ordinal));

        var delivery = default(JsonElement);
        await UntilAsync(async () =>
        {
            delivery = (await user.GetAsync($"{path}/deliveries")).Json.GetProperty("deliveries")[0];
            return delivery.GetProperty("state").GetString() == "delivered";
        });
        (delivery.GetProperty("id").GetString(), delivery.GetProperty("video_id").GetString(), delivery.GetProperty("last_status").GetInt32()).ShouldBe((told.Id, video, 200));
        (await user.PostAsync($"{path}/deliveries/{told.Id}/replay")).Status.ShouldBe(OK);
        var again = await receiver.NextAsync(Cancel);
        (again.Id, again.Body).ShouldBe((told.Id, told.Body));

        foreach (var (method, at) in new[] { (HttpMethod.Get, path), (HttpMethod.Get, path + "/deliveries"), (HttpMethod.Post, path + "/test"), (HttpMethod.Delete, path) })
        {
            (await another.SendAsync(method, at)).Status.ShouldBe(NotFound);
        }

        (await user.GetAsync("/api/webhooks")).Text.ShouldNotContain("whsec_");
        (await user.PostAsync("/api/webhooks", new { url = "http://169.254.169.254/latest" })).Status.ShouldBe(BadRequest);
        (await user.DeleteAsync(path)).Text.ShouldBe("""{"success":true}""");
        (await user.GetAsync(path)).Status.ShouldBe(NotFound);
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var limit = new CancellationTokenSource(KinoraProgram.Patience);
        while (!await holds())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), limit.Token);
        }
    }
}
