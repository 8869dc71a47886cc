using System.Text.Json;
using Shouldly;
using Xunit;
using static System.Net.HttpStatusCode;

namespace Kinora.Server.Tests.Api.Flows;

/// <summary>Pages and filters.</summary>
[Collection(nameof(ServedApi))]
public sealed class ListTests(ServedApi api)
{
    [Fact]
    public async Task PagesByOffset_HoldEveryVideoOnce_NewestFirst()
    {
        using var user = await api.NewUserAsync();
        var ids = await StartAsync(user, 5);
        var seen = new List<string>();
        for (var offset = 0; ; offset += 2)
        {
            var page = (await user.GetAsync($"/api/videos?limit=2&offset={offset}")).Json;
            (page.GetProperty("limit").GetInt32(), page.GetProperty("offset").GetInt32()).ShouldBe((2, offset));
            seen.AddRange(Ids(page));
            if (!page.GetProperty("has_more").GetBoolean())
            {
                break;
            }
        }

        seen.ShouldBe(Enumerable.Reverse(ids));
        var defaults = (await user.GetAsync("/api/videos")).Json;
        (defaults.GetProperty("limit").GetInt32(), defaults.GetProperty("offset").GetInt32()).ShouldBe((50, 0));
        foreach (var wrong in new[] { "limit=0", "limit=101", "limit=x", "offset=-1", "cursor=nonsense", "status=done", "colour=red", "limit=1&limit=2" })
        {
            (await user.GetAsync("/api/videos?" + wrong)).Status.ShouldBe(BadRequest, wrong);
        }
    }

    [Fact]
    public async Task PagesByCursor_LeaveNothingOut_AndRepeatNothing_WhileNewOnesAreMade()
    {
        using var user = await api.NewUserAsync();
        var ids = await StartAsync(user, 7);
        var seen = new List<string>();
        for (string? cursor = null; ;)
        {
            var page = (await user.GetAsync("/api/videos?limit=2" + (cursor is null ? "" : "&cursor=" + cursor))).Json;
            seen.AddRange(Ids(page));
            cursor = page.GetProperty("next_cursor").GetString();
            if (cursor is null)
            {
                break;
            }

            await StartAsync(user, 1);
        }

        seen.ShouldBe(Enumerable.Reverse(ids));
        (await user.GetAsync("/api/videos?limit=1")).Json.GetProperty("videos")[0].GetProperty("id").GetString().ShouldNotBe(ids[^1]);
    }

    [Fact]
    public async Task Filters_FindByStateModelAndWords()
    {
        using var user = await api.NewUserAsync();
        var made = await user.MadeAsync(new { prompt = "A red kite over 100% sand", model = "sora-2", size = "320x180", seconds = "1" });
        var stopped = await user.StartAsync(new { prompt = "A blue kite", size = "1280x720", seconds = "60" });
        await user.PostAsync($"/api/videos/{stopped}/cancel");
        await user.EndAsync(stopped);

        async Task<List<string>> FindAsync(string query) => Ids((await user.GetAsync("/api/videos?" + query)).Json);
        (await FindAsync("status=completed")).ShouldBe([made]);
        (await FindAsync("status=failed")).ShouldBe([stopped]);
        (await FindAsync("status=queued")).ShouldBeEmpty();
        (await FindAsync("q=RED")).ShouldBe([made]);
        (await FindAsync("q=100%25 sand")).ShouldBe([made]);
        (await FindAsync("q=%25")).ShouldBe([made]);
        (await FindAsync("q=_")).ShouldBeEmpty();
        (await FindAsync("q=kite&status=failed")).ShouldBe([stopped]);
        (await FindAsync("model=animatic/storyboard")).ShouldBe([stopped, made]);
        (await FindAsync("model=sora-2")).ShouldBe([stopped, made], "what a row calls its model can be asked for");
        (await FindAsync("model=sora-9")).ShouldBeEmpty();
    }

    /// <summary>A page shows a library from its list: it must not have to ask for each row again.</summary>
    [Fact]
    public async Task ARowOfAList_IsTheRowByItself()
    {
        using var user = await api.NewUserAsync();
        var video = await user.MadeAsync();
        var image = (await user.PostAsync("/api/images", new { prompt = "A kite", size = "256x256", count = 2 })).Id;
        await user.DoneAsync(image, "images");

        (await user.GetAsync("/api/videos")).Json.GetProperty("videos")[0].GetRawText().ShouldBe((await user.GetAsync($"/api/videos/{video}")).Text);
        (await user.GetAsync("/api/images")).Json.GetProperty("images")[0].GetRawText().ShouldBe((await user.GetAsync($"/api/images/{image}")).Text);
        (await user.GetAsync("/api/images")).Json.GetProperty("images")[0].GetProperty("images").GetArrayLength().ShouldBe(2);
    }

    private static async Task<List<string>> StartAsync(ApiClient user, int count)
    {
        var ids = new List<string>();
        for (var i = 0; i < count; i++)
        {
            ids.Add(await user.StartAsync(new { prompt = $"Number {i}", size = "128x128", seconds = 1 }));
        }

        return ids;
    }

    private static List<string> Ids(JsonElement page) => [.. page.GetProperty("videos").EnumerateArray().Select(v => v.GetProperty("id").GetString()!)];
}
