using System.Net;
using Kinora.Adapters.Secrets;
using Kinora.Configuration;
using Kinora.Jobs;
using Kinora.Server.Security;
using Kinora.Server.Tests.Commands;
using Shouldly;
using Xunit;
using static System.Net.HttpStatusCode;

namespace Kinora.Server.Tests.Api.Flows;

/// <summary>Signed links to media: an address that opens one file, for a while, for whoever has it.</summary>
[Collection(nameof(ServedApi))]
public sealed class LinkTests(ServedApi api)
{
    private const string Refusal = "This link does not work, or not any more. Ask for a new one.";

    [Fact]
    public async Task ALink_OpensItsOneFile_WithoutAHeader()
    {
        using var user = await api.NewUserAsync();
        using var stranger = api.Stranger();
        var id = await user.MadeAsync();
        foreach (var variant in new[] { "video", "thumbnail", "spritesheet" })
        {
            var link = await LinkAsync(user, id, variant);
            var opened = await stranger.GetAsync(link);

            opened.Status.ShouldBe(OK, opened.Text);
            opened.Sha256.ShouldBe((await user.GetAsync($"/api/videos/{id}/content?variant={variant}")).Sha256);
            (await stranger.GetAsync(link, ("Range", "bytes=3-5"))).Bytes.ShouldBe(opened.Bytes[3..6]);
            (await stranger.SendAsync(HttpMethod.Head, link)).Message.Content.Headers.ContentLength.ShouldBe(opened.Bytes.Length);
            opened.Header("X-Content-Type-Options").ShouldBe("nosniff");
            opened.Header("Set-Cookie").ShouldBeNull();
        }

        (await stranger.PostAsync($"/api/videos/{id}/link")).Status.ShouldBe(Unauthorized);
        using var another = await api.NewUserAsync();
        (await another.PostAsync($"/api/videos/{id}/link")).ShouldBe(NotFound, "Video not found");
        (await user.PostAsync($"/api/videos/{id}/link", new { variant = "poster" })).Status.ShouldBe(BadRequest);
    }

    [Fact]
    public async Task ALinkThatWasAltered_OpensNothing()
    {
        using var user = await api.NewUserAsync();
        using var stranger = api.Stranger();
        var link = await LinkAsync(user, await user.MadeAsync(), "thumbnail");
        var start = "/media/".Length;
        for (var i = start; i < link.Length; i++)
        {
            // Far off in the alphabet: the last character has bits that are not used.
            var other = link[i] is >= 'A' and <= 'P' ? 'w' : 'A';
            (await stranger.GetAsync($"{link[..i]}{other}{link[(i + 1)..]}")).ShouldBe(NotFound, Refusal);
        }

        foreach (var wrong in new[] { link[..^4], link + "AAAA", "/media/AAAA", "/media/" + new string('A', 7_000), "/media/ä" })
        {
            (await stranger.GetAsync(wrong)).Status.ShouldBe(NotFound, wrong.Length.ToString());
        }

        (await stranger.GetAsync(link)).Status.ShouldBe(OK);
    }

    /// <summary>Signed as the server signs, with its own key, so that nothing but the time is wrong.</summary>
    [Fact]
    public async Task ALinkPastItsTime_OpensNothing()
    {
        using var user = await api.NewUserAsync();
        using var stranger = api.Stranger();
        var id = await user.MadeAsync();
        JobId.TryParse(id, out var job).ShouldBeTrue();
        var options = new TokenOptions();
        var links = new MediaLinks(new TokenKeys(options, new DataFolder(api.Kinora.Data), new SystemRandomBytes(), new KeyFiles()), options, TimeProvider.System);
        string At(TimeSpan ahead) => "/media/" + links.Write(new MediaLink(user.UserId, job, Assets.AssetRole.Video, 0, DateTimeOffset.UtcNow + ahead));

        (await stranger.GetAsync(At(TimeSpan.FromMinutes(1)))).Status.ShouldBe(OK);
        (await stranger.GetAsync(At(TimeSpan.FromMinutes(-1)))).ShouldBe(NotFound, Refusal);

        var told = (await user.PostAsync($"/api/videos/{id}/link")).Json.GetProperty("expires_at").GetInt64();
        told.ShouldBeLessThanOrEqualTo(DateTimeOffset.UtcNow.AddMinutes(10).ToUnixTimeSeconds());
        links.Read((await LinkAsync(user, id, "video"))["/media/".Length..])!.ExpiresAt.ToUnixTimeSeconds().ShouldBeGreaterThanOrEqualTo(told);
    }

    [Fact]
    public async Task ALink_EndsWithItsVideo_AndWithItsUser()
    {
        using var user = await api.NewUserAsync();
        using var stranger = api.Stranger();
        var (kept, deleted) = (await user.MadeAsync(), await user.MadeAsync());
        var (ofKept, ofDeleted) = (await LinkAsync(user, kept, "video"), await LinkAsync(user, deleted, "video"));

        (await user.DeleteAsync($"/api/videos/{deleted}")).Status.ShouldBe(OK);
        (await stranger.GetAsync(ofDeleted)).ShouldBe(NotFound, Refusal);
        (await stranger.GetAsync(ofKept)).Status.ShouldBe(OK);

        (await api.Admin.SendAsync(HttpMethod.Patch, $"/api/admin/users/{user.UserId}", JsonContent.Create(new { disabled = true }))).Status.ShouldBe(OK);
        await EndsAsync(stranger, ofKept, NotFound);
        await EndsAsync(user, "/api/videos", Unauthorized);
    }

    private static async Task<string> LinkAsync(ApiClient user, string id, string variant)
    {
        var reply = await user.PostAsync($"/api/videos/{id}/link", new { variant });
        reply.Status.ShouldBe(OK, reply.Text);
        return reply.Json.GetProperty("url").GetString()!;
    }

    /// <summary>What ends counts within seconds, not at once.</summary>
    private static async Task EndsAsync(ApiClient client, string path, HttpStatusCode status)
    {
        using var limit = new CancellationTokenSource(KinoraProgram.Patience);
        while ((await client.GetAsync(path)).Status != status)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), limit.Token);
        }
    }
}
