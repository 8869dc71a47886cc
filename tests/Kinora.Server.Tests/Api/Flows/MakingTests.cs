using Shouldly;
using Xunit;
using static System.Net.HttpStatusCode;

namespace Kinora.Server.Tests.Api.Flows;

/// <summary>Videos made from others, stopped and removed.</summary>
[Collection(nameof(ServedApi))]
public sealed class MakingTests(ServedApi api)
{
    [Fact]
    public async Task RemixAndEdit_MakeAnotherVideo_OfTheSameModelSizeAndLength()
    {
        using var user = await api.NewUserAsync();
        var source = await user.MadeAsync(new { prompt = "A red kite", model = "sora-2", size = "320x180", seconds = "1" });
        foreach (var operation in new[] { "remix", "edit" })
        {
            var reply = await user.PostAsync($"/api/videos/{source}/{operation}", new { prompt = "A blue kite" });
            reply.Status.ShouldBe(OK, reply.Text);
            var row = await user.EndAsync(reply.Id);
            (row.GetProperty("status").GetString(), row.GetProperty("prompt").GetString(), row.GetProperty("remix_of").GetString()).ShouldBe(("completed", "A blue kite", source));
            (row.GetProperty("model").GetString(), row.GetProperty("size").GetString(), row.GetProperty("seconds").GetString()).ShouldBe(("sora-2", "320x180", "1"));
            row.GetProperty("kinora").GetProperty("operation").GetString().ShouldBe(operation);
            (await ForeignFilm.ProbeAsync((await user.GetAsync($"/api/videos/{reply.Id}/content")).Bytes)).ShouldBe((1, 320, 180, "h264"));
        }
    }

    [Fact]
    public async Task Extend_MakesTheWholeLongerVideo()
    {
        using var user = await api.NewUserAsync();
        var source = await user.MadeAsync();

        var reply = await user.PostFormAsync($"/api/videos/{source}/extend", ("prompt", "It runs on"), ("seconds", "2"));

        reply.Status.ShouldBe(OK, reply.Text);
        var row = await user.EndAsync(reply.Id);
        (row.GetProperty("status").GetString(), row.GetProperty("remix_of").GetString()).ShouldBe(("completed", source));
        row.GetProperty("kinora").GetProperty("files").EnumerateArray().Single(f => f.GetProperty("variant").GetString() == "video").GetProperty("seconds").GetDouble().ShouldBe(3);
        (await ForeignFilm.ProbeAsync((await user.GetAsync($"/api/videos/{reply.Id}/content")).Bytes)).Seconds.ShouldBe(3);
    }

    [Fact]
    public async Task WhatIsNotDone_CannotBeGoneOnFrom_AndNobodyElsesEither()
    {
        using var user = await api.NewUserAsync();
        using var another = await api.NewUserAsync();
        var open = await user.StartAsync(new { prompt = "A slow pan", size = "1280x720", seconds = "60" });
        foreach (var operation in new[] { "remix", "edit", "extend", "continue" })
        {
            (await user.PostAsync($"/api/videos/{open}/{operation}", new { prompt = "" })).ShouldBe(BadRequest, "Prompt is required");
            var refused = await user.PostAsync($"/api/videos/{open}/{operation}", new { prompt = "On" });
            refused.Status.ShouldBe(BadRequest, refused.Text);
            refused.Code.ShouldBe("not_ready");
            (await another.PostAsync($"/api/videos/{open}/{operation}", new { prompt = "On" })).ShouldBe(NotFound, "Video not found");
        }

        foreach (var operation in new[] { "cancel", "check-status", "link" })
        {
            (await another.PostAsync($"/api/videos/{open}/{operation}")).ShouldBe(NotFound, "Video not found");
        }

        (await another.DeleteAsync($"/api/videos/{open}?cancel_first=true")).ShouldBe(NotFound, "Video not found or not authorized");
        (await user.DeleteAsync($"/api/videos/{open}?cancel_first=true")).Text.ShouldBe("""{"success":true}""");
        (await user.GetAsync($"/api/videos/{open}")).ShouldBe(NotFound, "Video not found");
    }

    [Fact]
    public async Task Cancel_EndsWhatRuns_Once()
    {
        using var user = await api.NewUserAsync();
        var id = await user.StartAsync(new { prompt = "A slow pan", size = "1280x720", seconds = "60" });
        (await user.DeleteAsync($"/api/videos/{id}")).Status.ShouldBe(Conflict);

        (await user.PostAsync($"/api/videos/{id}/cancel")).Status.ShouldBe(OK);
        var row = await user.EndAsync(id);

        row.GetProperty("status").GetString().ShouldBe("failed");
        row.GetProperty("kinora").GetProperty("stage").GetString().ShouldBe("cancelled");
        row.GetProperty("error_message").GetString().ShouldNotBeNullOrEmpty();
        row.GetProperty("file_path").GetString().ShouldBeNull();
        var again = await user.PostAsync($"/api/videos/{id}/cancel");
        again.Status.ShouldBe(BadRequest);
        again.Error.ShouldBe("The job is at its end already (cancelled); there is nothing to cancel.");
    }

    [Fact]
    public async Task CheckStatus_AnswersInTheOriginalsShape()
    {
        using var user = await api.NewUserAsync();
        var id = await user.MadeAsync();

        var reply = await user.PostAsync($"/api/videos/{id}/check-status");

        reply.Status.ShouldBe(OK, reply.Text);
        reply.Json.GetProperty("message").GetString().ShouldBe("Status check triggered");
        reply.Json.GetProperty("video").GetRawText().ShouldBe((await user.GetAsync($"/api/videos/{id}")).Text);
    }

    [Fact]
    public async Task Delete_TakesTheFilesOffTheDisk_AndLeavesTheCosts()
    {
        using var user = await api.NewUserAsync();
        var id = await user.MadeAsync();
        var folder = Path.Combine(api.Assets, id[..2], id.Replace("-", "", StringComparison.Ordinal));
        Directory.GetFiles(folder).Length.ShouldBe(3);
        var costs = (await user.GetAsync("/api/videos/stats/costs")).Json;
        costs.GetProperty("user_count").GetInt32().ShouldBe(1);
        costs.TryGetProperty("platform_total", out _).ShouldBeFalse("that is for admins");

        (await user.DeleteAsync($"/api/videos/{id}")).Text.ShouldBe("""{"success":true}""");

        Directory.Exists(folder).ShouldBeFalse();
        (await user.GetAsync("/api/videos/stats/costs")).Text.ShouldBe(costs.GetRawText());
        foreach (var path in new[] { "", "/content", "/screenshots", "/reference-images" })
        {
            (await user.GetAsync($"/api/videos/{id}{path}")).ShouldBe(NotFound, "Video not found");
        }

        (await user.DeleteAsync($"/api/videos/{id}")).ShouldBe(NotFound, "Video not found or not authorized");
        (await api.Admin.GetAsync("/api/videos/stats/costs")).Json.GetProperty("platform_count").GetInt32().ShouldBeGreaterThan(0);
    }
}
