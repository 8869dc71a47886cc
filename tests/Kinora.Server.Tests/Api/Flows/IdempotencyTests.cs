using Shouldly;
using Xunit;
using static System.Net.HttpStatusCode;

namespace Kinora.Server.Tests.Api.Flows;

/// <summary>The same key is the same job, however often and in whatever form it is sent.</summary>
[Collection(nameof(ServedApi))]
public sealed class IdempotencyTests(ServedApi api)
{
    private static readonly object _body = new { prompt = "A lighthouse", size = "320x180", seconds = "1" };

    [Fact]
    public async Task FiftyPostsAtOnce_WithOneKey_MakeOneJob()
    {
        using var user = await api.NewUserAsync();
        var key = ("Idempotency-Key", "shot-1");

        var replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => user.PostAsync("/api/videos", _body, key)));

        replies.ShouldAllBe(r => r.Status == OK);
        var id = replies.Select(r => r.Id).Distinct().ShouldHaveSingleItem();
        replies.Count(r => r.Json.GetProperty("kinora").TryGetProperty("deduplicated", out var again) && again.GetBoolean()).ShouldBe(49);
        (await user.GetAsync("/api/videos")).Json.GetProperty("videos").GetArrayLength().ShouldBe(1);

        // The same in another form, and again when it is done.
        await user.DoneAsync(id);
        using var form = new MultipartFormDataContent { { new StringContent("1"), "seconds" }, { new StringContent("A lighthouse"), "prompt" }, { new StringContent("320x180"), "size" } };
        (await user.SendAsync(HttpMethod.Post, "/api/videos", form, key)).Id.ShouldBe(id);

        var other = await user.PostAsync("/api/videos", new { prompt = "Another lighthouse", size = "320x180", seconds = "1" }, key);
        other.Status.ShouldBe(UnprocessableEntity);
        other.Code.ShouldBe("idempotency_key_reused");

        using var another = await api.NewUserAsync();
        var theirs = await another.PostAsync("/api/videos", _body, key);
        theirs.Status.ShouldBe(OK);
        theirs.Id.ShouldNotBe(id);
        theirs.Json.GetProperty("kinora").TryGetProperty("deduplicated", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task ARefusedRequest_LeavesItsKeyFree_AndOtherOperationsKeepTheirs()
    {
        using var user = await api.NewUserAsync();
        (await user.PostAsync("/api/videos", new { prompt = "" }, ("Idempotency-Key", "k"))).Status.ShouldBe(BadRequest);
        var first = await user.PostAsync("/api/videos", _body, ("Idempotency-Key", "k"));
        first.Status.ShouldBe(OK);
        await user.DoneAsync(first.Id);

        var remixes = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => user.PostAsync($"/api/videos/{first.Id}/remix", new { prompt = "By night" }, ("Idempotency-Key", "r"))));
        remixes.Select(r => r.Id).Distinct().ShouldHaveSingleItem();
        (await user.PostAsync($"/api/videos/{first.Id}/edit", new { prompt = "By night" }, ("Idempotency-Key", "r"))).Status.ShouldBe(UnprocessableEntity);

        foreach (var key in new[] { new string('k', 256), " ", "" })
        {
            (await user.PostAsync("/api/videos", _body, ("Idempotency-Key", key))).Status.ShouldBe(BadRequest, $"\"{key}\"");
        }

        (await user.PostAsync("/api/videos", _body, ("Idempotency-Key", new string('k', 255)))).Status.ShouldBe(OK);
    }

    [Fact]
    public async Task WithoutAKey_EveryPostIsAJobOfItsOwn()
    {
        using var user = await api.NewUserAsync();
        (await user.StartAsync(_body)).ShouldNotBe(await user.StartAsync(_body));
    }
}
