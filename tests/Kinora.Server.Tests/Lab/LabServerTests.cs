using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Kinora.Server.Lab;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Lab;

/// <summary>The lab by itself, as a user with a plain HTTP client meets it.</summary>
public sealed class LabServerTests : LabScene
{
    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://192.168.1.10:4010")]
    [InlineData("http://example.com:4010")]
    [InlineData("https://127.0.0.1:4010")]
    [InlineData("nonsense")]
    public async Task Start_NotOnLoopback_IsRefused(string url) =>
        await Should.ThrowAsync<ArgumentException>(() => LabServer.StartAsync(new LabOptions { Url = url }, Cancel));

    [Theory]
    [InlineData("[lab:fault=nonsense]", "reset_after_accept")]
    [InlineData("[lab:poll=truncated]", "unknown_status")]
    [InlineData("[lab:end=never]", "moderation")]
    [InlineData("[lab:queued=-1]", "whole number")]
    [InlineData("[lab:speed=9]", "queued")]
    public async Task Create_UnknownScript_IsRefusedWithWhatIsAllowed(string marker, string allowed)
    {
        var (status, body) = await CreateAsync("x " + marker);

        status.ShouldBe(HttpStatusCode.BadRequest);
        body.ShouldContain(allowed);
        Lab.Ledger.Creates.ShouldBeEmpty();
    }

    [Fact]
    public async Task Script_ByPost_IsForTheNextCreateAlone()
    {
        (await PostAsync("/lab/script", "fault=500_after_accept")).ShouldBe(HttpStatusCode.OK);
        (await PostAsync("/lab/script", "fault=nonsense")).ShouldBe(HttpStatusCode.BadRequest);

        (await CreateAsync("x")).Status.ShouldBe(HttpStatusCode.InternalServerError);
        (await CreateAsync("x")).Status.ShouldBe(HttpStatusCode.OK);
        Lab.Ledger.Creates.Select(row => row.Outcome).ShouldBe(["500_after_accept", "200"]);
    }

    [Fact]
    public async Task FaultOfACreate_WithTurns_EndsForTheSameSender()
    {
        (await CreateAsync("x [lab:create=429*2]")).Status.ShouldBe(HttpStatusCode.TooManyRequests);
        (await CreateAsync("x [lab:create=429*2]")).Status.ShouldBe(HttpStatusCode.TooManyRequests);
        (await CreateAsync("x [lab:create=429*2]")).Status.ShouldBe(HttpStatusCode.OK);
        (await CreateAsync("y [lab:create=429*2]")).Status.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Script_ByHeader_Plays()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/openai/v1/videos") { Content = Json("""{"prompt":"x"}""") };
        request.Headers.Add("X-Lab-Script", "fault=503");

        (await Http.SendAsync(request, Cancel)).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task Ledger_TellsAllAndResets()
    {
        await CreateAsync("a secret prompt");

        using var ledger = JsonDocument.Parse(await Http.GetStringAsync("/lab/ledger", Cancel));
        ledger.RootElement.GetProperty("count").GetInt32().ShouldBe(1);
        var row = ledger.RootElement.GetProperty("creates")[0];
        row.GetProperty("path").GetString().ShouldBe("/openai/v1/videos");
        row.GetProperty("prompt_hash").GetString()!.Length.ShouldBe(64);
        row.GetRawText().ShouldNotContain("secret prompt");
        row.GetRawText().ShouldNotContain("anything");

        await Http.DeleteAsync("/lab/ledger", Cancel);
        Lab.Ledger.Creates.ShouldBeEmpty();
    }

    [Fact]
    public async Task Requests_CountPerJob()
    {
        var id = JsonDocument.Parse((await CreateAsync("x [lab:queued=0,running=0]")).Body).RootElement.GetProperty("id").GetString();
        await Http.GetStringAsync($"/openai/v1/videos/{id}", Cancel);
        await Http.GetStringAsync($"/openai/v1/videos/{id}", Cancel);
        await Http.GetByteArrayAsync($"/openai/v1/videos/{id}/content", Cancel);

        using var answer = JsonDocument.Parse(await Http.GetStringAsync("/lab/requests", Cancel));
        var job = answer.RootElement.GetProperty("jobs")[0];
        (job.GetProperty("polls").GetInt32(), job.GetProperty("content_reads").GetInt32()).ShouldBe((2, 1));
    }

    [Fact]
    public async Task Job_GoesAsScripted_WithAllThirteenKeys()
    {
        var created = JsonDocument.Parse((await CreateAsync("x [lab:queued=2,running=3,end=failed]")).Body).RootElement;
        created.EnumerateObject().Select(key => key.Name).Order().ShouldBe(
            ["completed_at", "created_at", "error", "expires_at", "id", "model", "object", "progress", "prompt", "remixed_from_video_id", "seconds", "size", "status"]);

        var words = new List<string>();
        for (var look = 0; look < 6; look++)
        {
            using var video = JsonDocument.Parse(await Http.GetStringAsync($"/openai/v1/videos/{created.GetProperty("id").GetString()}", Cancel));
            words.Add(video.RootElement.GetProperty("status").GetString()!);
        }

        words.ShouldBe(["queued", "queued", "in_progress", "in_progress", "in_progress", "failed"]);
    }

    [Theory]
    [InlineData("640x360", "2", null)]
    [InlineData("361x203", "1.5", null)]
    [InlineData("320x180", "1", 3_000_000L)]
    public async Task Video_IsExactlyWhatWasAsked(string size, string seconds, long? bytes)
    {
        var marker = $"[lab:queued=0,running=0{(bytes is { } total ? $",bytes={total}" : "")}]";
        var id = JsonDocument.Parse((await CreateAsync("x " + marker, size, seconds)).Body).RootElement.GetProperty("id").GetString();
        await Http.GetStringAsync($"/openai/v1/videos/{id}", Cancel);
        var video = await Http.GetByteArrayAsync($"/openai/v1/videos/{id}/content", Cancel);
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, video, Cancel);
            var probe = await ProbeAsync(file);

            probe.ShouldContain($"h264,{size.Replace('x', ',')},24/1");
            probe.ShouldContain("aac");
            double.Parse(probe.Trim().Split('\n')[^1], System.Globalization.CultureInfo.InvariantCulture).ShouldBe(double.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture), 0.06);
            video.LongLength.ShouldBe(bytes ?? video.LongLength);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("bytes=0-9", 206, 10, "bytes 0-9/")]
    [InlineData("bytes=-5", 206, 5, null)]
    [InlineData("bytes=99999999-", 416, 0, "bytes */")]
    public async Task Content_GivesRanges(string range, int status, int length, string? header)
    {
        var id = JsonDocument.Parse((await CreateAsync("x [lab:queued=0,running=0]")).Body).RootElement.GetProperty("id").GetString();
        await Http.GetStringAsync($"/openai/v1/videos/{id}", Cancel);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/openai/v1/videos/{id}/content");
        request.Headers.TryAddWithoutValidation("Range", range);

        using var response = await Http.SendAsync(request, Cancel);

        ((int)response.StatusCode).ShouldBe(status);
        (await response.Content.ReadAsByteArrayAsync(Cancel)).Length.ShouldBe(length);
        response.Content.Headers.GetValues("Content-Range").Single().ShouldStartWith(header ?? "bytes ");
    }

    [Fact]
    public async Task Content_CanBeLargerThanAnyDisk()
    {
        const long total = 40L << 30;
        var id = JsonDocument.Parse((await CreateAsync($"x [lab:queued=0,running=0,bytes={total}]")).Body).RootElement.GetProperty("id").GetString();
        await Http.GetStringAsync($"/openai/v1/videos/{id}", Cancel);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/openai/v1/videos/{id}/content") { Headers = { Range = new RangeHeaderValue(total - 8, null) } };

        using var response = await Http.SendAsync(request, Cancel);

        response.Content.Headers.ContentRange!.Length.ShouldBe(total);
        (await response.Content.ReadAsByteArrayAsync(Cancel)).ShouldBe(new byte[8]);
    }

    [Theory]
    [InlineData("/openai/v1/videos", """{"prompt":"x","seconds":4}""", 400)]
    [InlineData("/openai/v1/videos", """{"prompt":"x","fps":24}""", 400)]
    [InlineData("/openai/v1/videos", """{"model":"y"}""", 400)]
    [InlineData("/vllm-omni/v1/videos", """{"prompt":"x"}""", 422)]
    [InlineData("/sglang/v1/videos", """{"model":"y"}""", 422)]
    [InlineData("/openai/v1/videos/video_none/remix", """{"prompt":"x"}""", 404)]
    [InlineData("/sglang/v1/videos/x/remix", """{"prompt":"x"}""", 404)]
    [InlineData("/openai/v1/videos", "not json", 400)]
    public async Task Variants_RefuseWhatTheRealOnesRefuse(string path, string body, int status)
    {
        using var answer = await Http.PostAsync(path, Json(body), Cancel);

        ((int)answer.StatusCode).ShouldBe(status);
        Lab.Ledger.Creates.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("openai", HttpStatusCode.Unauthorized)]
    [InlineData("trtllm", HttpStatusCode.OK)]
    public async Task Variants_AskForAKeyWhereTheRealOnesDo(string variant, HttpStatusCode status)
    {
        Http.DefaultRequestHeaders.Authorization = null;
        using var answer = await Http.PostAsync($"/{variant}/v1/videos", Json("""{"prompt":"x"}"""), Cancel);

        answer.StatusCode.ShouldBe(status);
    }

    [Fact]
    public async Task Outage_MeetsEveryRequestUntilItEnds()
    {
        await PostAsync("/lab/outage", "410");
        (await CreateAsync("x")).Status.ShouldBe(HttpStatusCode.Gone);
        await Http.DeleteAsync("/lab/outage", Cancel);
        (await CreateAsync("x")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Help_NamesEveryFault()
    {
        var help = await Http.GetStringAsync("/lab", Cancel);

        LabFaults.Names(null).ShouldAllBe(name => help.Contains(name, StringComparison.Ordinal));
    }

    /// <summary>The table in docs/lab.md is made from the code; run with KINORA_UPDATE_DOCS=1 to write it anew.</summary>
    [Fact]
    public async Task Docs_HoldTheTableOfFaults()
    {
        const string start = "<!-- faults -->\n";
        const string end = "<!-- end of faults -->";
        var file = Path.Combine(Root(), "docs", "lab.md");
        var page = await File.ReadAllTextAsync(file, Cancel);
        var (from, to) = (page.IndexOf(start, StringComparison.Ordinal) + start.Length, page.IndexOf(end, StringComparison.Ordinal));
        var table = "| fault | create | poll | content | does |\n|---|---|---|---|---|\n" + string.Concat(LabFaults.All.Select(fault =>
            $"| `{fault.Name}` | {At(fault, LabPlace.Create)} | {At(fault, LabPlace.Poll)} | {At(fault, LabPlace.Content)} | {fault.Help} |\n"));
        if (Environment.GetEnvironmentVariable("KINORA_UPDATE_DOCS") == "1")
        {
            await File.WriteAllTextAsync(file, page[..from] + table + page[to..], Cancel);
            return;
        }

        page[from..to].ShouldBe(table);
    }

    [Fact]
    public void Command_HasHelp()
    {
        var command = LabCommand.Build();

        command.Name.ShouldBe("lab");
        command.Description.ShouldNotBeNullOrEmpty();
        command.Options.ShouldAllBe(option => !string.IsNullOrEmpty(option.Description));
    }

    private async Task<(HttpStatusCode Status, string Body)> CreateAsync(string prompt, string size = "320x180", string seconds = "1")
    {
        using var answer = await Http.PostAsync("/openai/v1/videos", Json(JsonSerializer.Serialize(new { prompt, size, seconds })), Cancel);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancel));
    }

    private async Task<HttpStatusCode> PostAsync(string path, string text)
    {
        using var answer = await Http.PostAsync(path, new StringContent(text), Cancel);
        return answer.StatusCode;
    }

    private static async Task<string> ProbeAsync(string file)
    {
        using var child = Process.Start(new ProcessStartInfo("ffprobe")
        {
            ArgumentList = { "-v", "error", "-show_entries", "stream=codec_name,width,height,r_frame_rate:format=duration", "-of", "csv=p=0", file },
            RedirectStandardOutput = true,
        })!;
        var text = await child.StandardOutput.ReadToEndAsync(Cancel);
        await child.WaitForExitAsync(Cancel);
        return text;
    }

    private static string At(LabFault fault, LabPlace place) => fault.Places.HasFlag(place) ? "x" : "";

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Kinora.slnx")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
