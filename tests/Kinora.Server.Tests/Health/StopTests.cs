using System.Net;
using System.Security.Cryptography;
using Kinora.Server.Lab;
using Kinora.Server.Tests.Api.Flows;
using Kinora.Server.Tests.Commands;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Health;

/// <summary>SIGTERM in the middle of everything. The limit that must hold is the process's own: a test that waits for its end waits longer.</summary>
public sealed class StopTests
{
    private const int Requests = 50;
    private const int Downloads = 5;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Terminated_WhileItOpensItsData_LeavesInOrder()
    {
        using var kinora = new KinoraProgram();
        using var process = kinora.Start(["serve", "--urls", "http://127.0.0.1:0"]);
        var database = Path.Combine(kinora.Data, "kinora.db");
        while (!File.Exists(database))
        {
            await Task.Delay(1, Cancel);
        }

        using var kill = System.Diagnostics.Process.Start("kill", ["-TERM", $"{process.Id}"]);

        (await KinoraProgram.EndAsync(process)).ExitCode.ShouldBe(0);
        File.Exists(database + "-wal").ShouldBeFalse("what is closed in order leaves no such file");
    }

    [Fact]
    public async Task Terminated_WithRequestsDownloadsAndCreatesUnderWay_FinishesWhatCanBe_AndTheNextServerGoesOn()
    {
        await using var lab = await LabServer.StartAsync(new LabOptions { Url = "http://127.0.0.1:0" });
        await using var api = new ServedApi();
        LabFixture.Use(api.Kinora, lab, "openai");
        api.Kinora.Environment["KINORA__Providers__lab__SubmitTimeoutSeconds"] = "100";
        api.Kinora.Environment["KINORA__Server__StopSeconds"] = "10";
        api.Kinora.Environment["KINORA__Server__StopGraceSeconds"] = "2";
        await api.InitializeAsync();
        var film = await api.Admin.MadeAsync(Film("bytes=30000000"));
        var whole = (await api.Admin.GetAsync($"/api/videos/{film}/content")).Sha256;
        var running = await api.Admin.StartAsync(Film("running=40"));
        var hanging = await api.Admin.StartAsync(Film("create=hang_after_accept"));
        await UntilAsync(() => lab.Ledger.Creates.Count == 3);

        using var go = new CancellationTokenSource();
        var downloads = Enumerable.Range(0, Downloads).Select(_ => DownloadAsync(api, film, go.Token)).ToList();
        using var hung = await api.Admin.OpenAsync($"/api/videos/{film}/content", Cancel);
        var truncated = 0;
        var answered = 0;
        var requests = Enumerable.Range(0, Requests).Select(async _ =>
        {
            while (await AskAsync(api, film) is { } outcome)
            {
                Interlocked.Add(ref outcome ? ref answered : ref truncated, 1);
            }
        }).ToList();
        await UntilAsync(() => Volatile.Read(ref answered) > Requests);

        api.Served.Terminate();
        await UntilAsync(async () => await ReadyAsync(api) is (HttpStatusCode.ServiceUnavailable, """{"status":"not ready","failing":["stopping"]}"""));
        await go.CancelAsync();

        foreach (var download in downloads)
        {
            (await download).ShouldBe(whole);
        }

        (await api.Served.EndedAsync()).ShouldBe(0);
        await Task.WhenAll(requests);
        truncated.ShouldBe(0);

        await api.Served.StartAsync();
        using var again = await api.SignInAsync("admin", ServedApi.AdminPassword);
        await again.DoneAsync(running);
        await again.DoneAsync(hanging);
        lab.Ledger.Creates.Count.ShouldBe(3);
    }

    private static object Film(string script) => new { prompt = $"A harbour at dawn [lab:{script}]", model = "lab/lab-video", size = "1280x720", seconds = "4" };

    /// <summary>Reads the beginning, and the rest when told to.</summary>
    private static async Task<string> DownloadAsync(ServedApi api, string film, CancellationToken go)
    {
        using var answer = await api.Admin.OpenAsync($"/api/videos/{film}/content", Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        await using var content = await answer.Content.ReadAsStreamAsync(Cancel);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[64 << 10];
        var told = new TaskCompletionSource();
        await using var registered = go.Register(told.SetResult);
        while (await content.ReadAsync(buffer, Cancel) is > 0 and var count)
        {
            hash.AppendData(buffer, 0, count);
            await told.Task.WaitAsync(KinoraProgram.Patience, Cancel);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Whether a whole answer came; null: the server takes no more.</summary>
    private static async Task<bool?> AskAsync(ServedApi api, string film)
    {
        HttpResponseMessage head;
        try
        {
            head = await api.Admin.OpenAsync($"/api/videos/{film}", Cancel);
        }
        catch (HttpRequestException)
        {
            return null;
        }

        using (head)
        {
            try
            {
                await head.Content.ReadAsByteArrayAsync(Cancel);
                return true;
            }
            catch (Exception fault) when (fault is HttpRequestException or IOException)
            {
                return false;
            }
        }
    }

    private static async Task<(HttpStatusCode Status, string Text)?> ReadyAsync(ServedApi api)
    {
        using var stranger = api.Stranger();
        try
        {
            var reply = await stranger.GetAsync("/ready");
            return (reply.Status, reply.Text);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private static Task UntilAsync(Func<bool> so) => UntilAsync(() => Task.FromResult(so()));

    private static async Task UntilAsync(Func<Task<bool>> so)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(KinoraProgram.Patience);
        while (!await so())
        {
            await Task.Delay(50, limit.Token);
        }
    }
}
