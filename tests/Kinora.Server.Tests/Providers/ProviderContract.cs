using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Providers;
using Kinora.Server.Lab;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Providers;

/// <summary>
/// What every provider folder must keep, shown against the lab over loopback HTTP: the way from create to file, one of five outcomes for every
/// fault of a create with at most one paid row in the ledger, and a key that goes nowhere. Inherit it, give it settings, override what the wire format
/// makes different.
/// </summary>
public abstract class ProviderContract : IAsyncLifetime
{
    protected const string Key = "sk-lab/Key+0123456789=abcdef";

    private protected LabServer Lab { get; private set; } = null!;

    private protected ProviderScene Scene { get; } = new();

    /// <summary>The provider, talking to the lab at that address, with a time limit of one second for looks.</summary>
    private protected abstract IMediaProvider Connect(Uri lab, string? key = Key);

    /// <summary>True when a create is answered with the finished job.</summary>
    protected virtual bool Blocks => false;

    /// <summary>False when a create ends at once, well or as a refusal.</summary>
    protected virtual bool EndsLater => true;

    /// <summary>False when results come within answers, so that nothing is downloaded.</summary>
    protected virtual bool Links => true;

    /// <summary>The name of the model that is asked for.</summary>
    protected virtual string Model => "lab-video";

    /// <summary>True for the bytes of a result.</summary>
    protected virtual bool IsResult(ReadOnlySpan<byte> bytes) => bytes[4..].StartsWith("ftyp"u8);

    /// <summary>A request every model of the provider takes, small enough to be made at once.</summary>
    protected virtual GenerationRequest Request(string prompt) => new() { Prompt = prompt, Size = new FrameSize(320, 180), Seconds = 1 };

    /// <summary>The outcome of a create fault where the wire format makes it differ from the table.</summary>
    protected virtual string Expected(string fault, string outcome) => outcome;

    /// <summary>The same for a fault of a poll.</summary>
    protected virtual string ExpectedOfPoll(string fault, string outcome) => outcome;

    /// <summary>The code of a job that ends without a result, where the wire format has no word for such an end.</summary>
    protected virtual string ExpectedOfEnd(string end, string code) => code;

    public async ValueTask InitializeAsync()
    {
        Lab = await LabServer.StartAsync();
        Scene.Model = Model;

        // Kept for the whole process: no download waits for a renderer.
        await new LabVideos("ffmpeg").MakeAsync(new FrameSize(320, 180), 1);
        await new LabVideos("ffmpeg").MakeAsync(new FrameSize(1280, 720), 1);
        await new LabPictures("ffmpeg").MakeAsync(new LabPicture(new FrameSize(1024, 1024), "png", false));
    }

    public async ValueTask DisposeAsync()
    {
        await Lab.DisposeAsync();
        Scene.Dispose();
        GC.SuppressFinalize(this);
    }

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Submit_Check_Open_BringsTheVideoHome()
    {
        var provider = Connect(Lab.BaseUrl);
        var submission = Scene.Submission(Request("a quiet harbour"));

        var (job, outputs) = await ToTheEndAsync(provider, submission);
        if (!Links)
        {
            IsResult(await BytesOfAsync(outputs[0], job)).ShouldBeTrue();
            Lab.Ledger.Creates.Count.ShouldBe(1);
            return;
        }

        var opened = (await provider.OpenAsync(job, outputs[0], 0, Cancel)).ShouldBeOfType<OpenOutcome.Opened>();
        var bytes = await ReadAsync(opened.Body);

        opened.Offset.ShouldBe(0);
        bytes.LongLength.ShouldBe(opened.TotalBytes ?? -1);
        IsResult(bytes).ShouldBeTrue();
        Lab.Ledger.Creates.ShouldHaveSingleItem().IdempotencyKey.ShouldBe(submission.JobId.Hex);
    }

    [Fact]
    public async Task Open_AtAnOffset_GoesOnWhereItWas()
    {
        if (!Links)
        {
            return;
        }

        var provider = Connect(Lab.BaseUrl);
        var (job, outputs) = await ToTheEndAsync(provider, Scene.Submission(Request("resume")));
        var whole = (await provider.OpenAsync(job, outputs[0], 0, Cancel)).ShouldBeOfType<OpenOutcome.Opened>();
        var bytes = await ReadAsync(whole.Body);

        var rest = (await provider.OpenAsync(job, outputs[0] with { Tag = whole.Tag }, 1000, Cancel)).ShouldBeOfType<OpenOutcome.Opened>();

        rest.Offset.ShouldBe(1000);
        rest.TotalBytes.ShouldBe(bytes.Length);
        rest.Tag.ShouldBe(whole.Tag);
        (await ReadAsync(rest.Body)).ShouldBe(bytes[1000..]);
    }

    [Fact]
    public async Task Open_AtAnOffset_StartsOverWhenTheFileIsAnother()
    {
        if (!Links)
        {
            return;
        }

        var provider = Connect(Lab.BaseUrl);
        var (job, outputs) = await ToTheEndAsync(provider, Scene.Submission(Request("resume")));

        var rest = (await provider.OpenAsync(job, outputs[0] with { Tag = "\"of-another-file\"" }, 1000, Cancel)).ShouldBeOfType<OpenOutcome.Opened>();
        await rest.Body.DisposeAsync();

        rest.Offset.ShouldBe(0);
    }

    [Theory]
    [InlineData("range_ignored", 1000)]
    [InlineData("range_wrong", 1000)]
    [InlineData("latency:1", 900_000_000)]
    public async Task Open_AtAnOffset_StartsOverWhenTheServerCannot(string fault, long offset)
    {
        if (!Links)
        {
            return;
        }

        var provider = Connect(Lab.BaseUrl);
        var (job, outputs) = await ToTheEndAsync(provider, Scene.Submission(Request($"resume [lab:content={fault}]")));

        var opened = (await provider.OpenAsync(job, outputs[0], offset, Cancel)).ShouldBeOfType<OpenOutcome.Opened>();

        opened.Offset.ShouldBe(0);
        IsResult(await ReadAsync(opened.Body)).ShouldBeTrue();
    }

    /// <summary>Fault of a create; outcome (with code or seconds to wait); rows in the ledger.</summary>
    public static TheoryData<string, string, int> CreateFaults => new()
    {
        { "429:7", "NotSent 7", 0 },
        { "429_date:7", "NotSent 7", 0 },
        { "429_absurd", "NotSent 900", 0 },
        { "429_html", "Unknown", 0 },
        { "429_quota", "Refused provider_quota", 0 },
        { "400", "Refused provider_refused", 0 },
        { "401", "Refused provider_not_allowed", 0 },
        { "402", "Refused provider_quota", 0 },
        { "403", "Refused provider_not_allowed", 0 },
        { "404", "Refused provider_refused", 0 },
        { "408", "Unknown", 0 },
        { "409", "Refused provider_refused", 0 },
        { "410", "Refused provider_gone", 0 },
        { "422", "Refused provider_refused", 0 },
        { "500", "Unknown", 0 },
        { "502", "Unknown", 0 },
        { "503", "Unknown", 0 },
        { "504", "Unknown", 0 },
        { "500_after_accept", "Unknown", 1 },
        { "502_after_accept", "Unknown", 1 },
        { "503_after_accept", "Unknown", 1 },
        { "504_after_accept", "Unknown", 1 },
        { "moderation", "Refused content_policy", 0 },
        { "model_not_found", "Refused model_not_found", 0 },
        { "echo_key", "Refused provider_refused", 0 },
        { "hang", "Unknown", 0 },
        { "hang_after_accept", "Unknown", 1 },
        { "reset", "Unknown", 0 },
        { "reset_after_accept", "Unknown", 1 },
        { "reset_mid_body", "Unknown", 1 },
        { "half_json", "Unknown", 1 },
        { "html", "Unknown", 1 },
        { "empty", "Unknown", 1 },
        { "huge", "Unknown", 1 },
        { "huge_error", "Refused provider_refused", 0 },
        { "gzip_bomb", "Unknown", 1 },
        { "no_id", "Unknown", 1 },
        { "redirect", "Refused provider_refused", 0 },
        { "latency:1", "Accepted", 1 },

        // A fault of streams: no provider here asks for one.
        { "error_event", "Accepted", 1 },
    };

    [Theory]
    [MemberData(nameof(CreateFaults))]
    public async Task Submit_Fault_IsOneOfFive(string fault, string outcome, int paid)
    {
        var provider = Connect(Lab.BaseUrl);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));

        var asked = provider.SubmitAsync(Scene.Submission(Request($"a storm [lab:create={fault}]")), deadline.Token);
        if (fault.StartsWith("hang", StringComparison.Ordinal))
        {
            await ArrivedAsync(paid);
            await deadline.CancelAsync();
        }

        var got = await asked;

        Say(got).ShouldBe(Expected(fault, outcome));
        TextOf(got).ShouldNotContain("sk-lab", Case.Insensitive);
        Lab.Ledger.Creates.Count.ShouldBe(paid);
        Lab.Traffic.Requests.Count(request => request.Method == "POST").ShouldBe(1, "a create is sent once");
    }

    [Fact]
    public void CreateFaults_AreAllOfTheLab() =>
        LabFaults.Names(LabPlace.Create).Except(CreateFaults.Select(row => row.Data.Item1.Split(':')[0])).ShouldBeEmpty();

    [Fact]
    public async Task Submit_NobodyThere_IsNotSent()
    {
        var closed = Lab.BaseUrl;
        await Lab.DisposeAsync();

        (await Connect(closed).SubmitAsync(Scene.Submission(Request("x")), Cancel)).ShouldBeOfType<SubmitOutcome.NotSent>();
    }

    [Fact]
    public async Task Submit_NameUnknown_IsNotSent() =>
        (await Connect(new Uri("http://nothing.invalid")).SubmitAsync(Scene.Submission(Request("x")), Cancel)).ShouldBeOfType<SubmitOutcome.NotSent>();

    [Fact]
    public async Task Submit_NoHandshake_IsNotSent()
    {
        var tls = new UriBuilder(Lab.BaseUrl) { Scheme = "https" }.Uri;

        (await Connect(tls).SubmitAsync(Scene.Submission(Request("x")), Cancel)).ShouldBeOfType<SubmitOutcome.NotSent>();
        Lab.Traffic.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Submit_DeadlinePassed_IsNotSent()
    {
        using var passed = new CancellationTokenSource();
        await passed.CancelAsync();

        (await Connect(Lab.BaseUrl).SubmitAsync(Scene.Submission(Request("x")), passed.Token)).ShouldBeOfType<SubmitOutcome.NotSent>();
        Lab.Ledger.Creates.ShouldBeEmpty();
    }

    /// <summary>Fault of a poll; outcome (with seconds to wait, or progress).</summary>
    public static TheoryData<string, string> PollFaults => new()
    {
        { "latency:1", "Running" },
        { "429:7", "Unreachable 7" },
        { "429_date:7", "Unreachable 7" },
        { "429_absurd", "Unreachable 900" },
        { "429_html", "Unreachable" },
        { "400", "Unreachable" },
        { "401", "NotAllowed" },
        { "402", "Unreachable" },
        { "403", "NotAllowed" },
        { "404", "Missing" },
        { "408", "Unreachable" },
        { "409", "Unreachable" },
        { "410", "Missing" },
        { "422", "Unreachable" },
        { "500", "Unreachable" },
        { "502", "Unreachable" },
        { "503", "Unreachable" },
        { "504", "Unreachable" },
        { "model_not_found", "Missing" },
        { "echo_key", "Unreachable" },
        { "hang", "Unreachable" },
        { "reset", "Unreachable" },
        { "reset_mid_body", "Unreachable" },
        { "half_json", "Unreachable" },
        { "html", "Unreachable" },
        { "empty", "Unreachable" },
        { "huge", "Unreachable" },
        { "huge_error", "Unreachable" },
        { "gzip_bomb", "Unreachable" },
        { "redirect", "Unreachable" },
        { "unknown_status", "Running" },
        { "backwards", "Running" },
        { "over_100", "Running 100 %" },
        { "vanish", "Missing" },
        { "stuck", "Running" },
    };

    [Theory]
    [MemberData(nameof(PollFaults))]
    public async Task Check_Fault_LeavesTheJobAlone(string fault, string outcome)
    {
        if (Blocks)
        {
            return;
        }

        var provider = Connect(Lab.BaseUrl);
        var submission = Scene.Submission(Request($"a storm [lab:poll={fault}*1]"));
        var job = Scene.Job(submission, (await provider.SubmitAsync(submission, Cancel)).ShouldBeOfType<SubmitOutcome.Accepted>().RemoteId);

        var got = await provider.CheckAsync(job, new Progress<double>(), Cancel);

        Say(got, outcome.EndsWith('%')).ShouldBe(ExpectedOfPoll(fault, outcome));
        got.ToString().ShouldNotContain("sk-lab", Case.Insensitive);
        (await EndAsync(provider, job)).ShouldBeOfType<CheckOutcome.Finished>("the fault was over, and the job went on");
        Lab.Ledger.Creates.Count.ShouldBe(1);
    }

    [Fact]
    public void PollFaults_AreAllOfTheLab() =>
        LabFaults.Names(LabPlace.Poll).Except(PollFaults.Select(row => row.Data.Item1.Split(':')[0])).ShouldBeEmpty();

    [Theory]
    [InlineData("failed", ErrorCodes.ProviderFailed)]
    [InlineData("moderation", ErrorCodes.ContentPolicy)]
    [InlineData("cancelled", ErrorCodes.Cancelled)]
    [InlineData("expired", ErrorCodes.Expired)]
    public async Task Check_JobEndsWithoutResult_IsFailed(string end, string code)
    {
        if (!EndsLater)
        {
            return;
        }

        var provider = Connect(Lab.BaseUrl);
        var submission = Scene.Submission(Request($"a storm [lab:end={end},queued=0,running=0]"));
        var job = Scene.Job(submission, (await provider.SubmitAsync(submission, Cancel)).ShouldBeOfType<SubmitOutcome.Accepted>().RemoteId);

        (await EndAsync(provider, job)).ShouldBeOfType<CheckOutcome.Failed>().Code.ShouldBe(ExpectedOfEnd(end, code));
    }

    /// <summary>Fault of a download; outcome (with seconds to wait).</summary>
    public static TheoryData<string, string> ContentFaults => new()
    {
        { "latency:1", "Opened" },
        { "429:7", "Unreachable 7" },
        { "429_date:7", "Unreachable 7" },
        { "429_absurd", "Unreachable 900" },
        { "400", "Unreachable" },
        { "401", "Unreachable" },
        { "402", "Unreachable" },
        { "403", "Gone" },
        { "404", "Gone" },
        { "408", "Unreachable" },
        { "409", "Unreachable" },
        { "410", "Gone" },
        { "422", "Unreachable" },
        { "500", "Unreachable" },
        { "502", "Unreachable" },
        { "503", "Unreachable" },
        { "504", "Unreachable" },
        { "hang", "Unreachable" },
        { "reset", "Unreachable" },
        { "gzip_bomb", "Refused" },
        { "redirect", "Refused" },
        { "expired", "Gone" },
        { "truncated", "Opened, then broken" },
        { "cut", "Opened" },
        { "no_length", "Opened" },
        { "slow:50000000", "Opened" },
        { "stall", "Opened, then silent" },
        { "endless", "Opened, then endless" },
        { "wrong_type", "Refused" },
        { "html", "Refused" },
        { "json", "Unreachable" },
        { "json_as_video", "Opened" },
        { "garbage", "Opened" },
        { "range_ignored", "Opened" },
        { "range_wrong", "Opened" },
        { "changed", "Opened" },
        { "redirect_loopback", "Refused" },
        { "redirect_metadata", "Refused" },
        { "redirect_ipv6", "Refused" },
        { "redirect_mapped", "Refused" },
        { "redirect_file", "Refused" },
        { "redirect_loop", "Refused" },
    };

    [Theory]
    [MemberData(nameof(ContentFaults))]
    public async Task Open_Fault_IsToldApart(string fault, string outcome)
    {
        if (!Links)
        {
            return;
        }

        var provider = Connect(Lab.BaseUrl);
        var (job, outputs) = await ToTheEndAsync(provider, Scene.Submission(Request($"a storm [lab:content={fault}]")));

        var got = await provider.OpenAsync(job, outputs[0], 0, Cancel);

        (await SayAsync(got)).ShouldBe(outcome);
    }

    [Fact]
    public void ContentFaults_AreAllOfTheLab() =>
        LabFaults.Names(LabPlace.Content).Except(ContentFaults.Select(row => row.Data.Item1.Split(':')[0])).ShouldBeEmpty();

    [Fact]
    public async Task Open_RedirectAtHome_IsFollowed()
    {
        if (!Links)
        {
            return;
        }

        var provider = Connect(Lab.BaseUrl);
        var (job, outputs) = await ToTheEndAsync(provider, Scene.Submission(Request("a storm [lab:content=redirect:?moved=1*1]")));

        (await SayAsync(await provider.OpenAsync(job, outputs[0], 0, Cancel))).ShouldBe("Opened");
    }

    [Fact]
    public async Task Outage_ChangesNothingAboutAJob()
    {
        var provider = Connect(Lab.BaseUrl);
        var (job, outputs) = await ToTheEndAsync(provider, Scene.Submission(Request("a storm")));
        Lab.PlayAlways("503");

        if (EndsLater)
        {
            (await provider.CheckAsync(job, new Progress<double>(), Cancel)).ShouldBeOfType<CheckOutcome.Unreachable>();
        }

        if (Links)
        {
            (await provider.OpenAsync(job, outputs[0], 0, Cancel)).ShouldBeOfType<OpenOutcome.Unreachable>();
        }

        (await provider.SubmitAsync(Scene.Submission(Request("x")), Cancel)).ShouldBeOfType<SubmitOutcome.Unknown>();
        Lab.PlayAlways("410");
        if (EndsLater)
        {
            (await provider.CheckAsync(job, new Progress<double>(), Cancel)).ShouldBeOfType<CheckOutcome.Missing>();
        }

        (await provider.SubmitAsync(Scene.Submission(Request("x")), Cancel)).ShouldBeOfType<SubmitOutcome.Refused>().Code.ShouldBe(ErrorCodes.ProviderGone);
        Lab.Ledger.Creates.Count.ShouldBe(1);
    }

    [Fact]
    public async Task ListModels_ServerAway_NeverThrows()
    {
        Lab.PlayAlways("hang");

        (await Connect(Lab.BaseUrl).ListModelsAsync(Cancel)).ShouldNotBeNull();
    }

    private protected async Task<(RemoteJob Job, IReadOnlyList<RemoteOutput> Outputs)> ToTheEndAsync(IMediaProvider provider, Submission submission)
    {
        switch (await provider.SubmitAsync(submission, Cancel))
        {
            case SubmitOutcome.Finished done:
                return (Scene.Job(submission, done.RemoteId), done.Outputs);
            case SubmitOutcome.Accepted accepted:
                var job = Scene.Job(submission, accepted.RemoteId);
                return (job, (await EndAsync(provider, job)).ShouldBeOfType<CheckOutcome.Finished>().Outputs);
            case var other:
                throw new InvalidOperationException(other.ToString());
        }
    }

    private protected static async Task<CheckOutcome> EndAsync(IMediaProvider provider, RemoteJob job)
    {
        for (var look = 0; look < 20; look++)
        {
            if (await provider.CheckAsync(job, new Progress<double>(), Cancel) is var outcome and not CheckOutcome.Running)
            {
                return outcome;
            }
        }

        throw new InvalidOperationException("The job does not end.");
    }

    /// <summary>The bytes of a result that came within an answer.</summary>
    private protected static async Task<byte[]> BytesOfAsync(RemoteOutput output, RemoteJob job) =>
        output.Inline ?? await File.ReadAllBytesAsync(Path.Combine(job.WorkFolder, output.WorkFile!), Cancel);

    private protected static async Task<byte[]> ReadAsync(Stream body)
    {
        await using (body)
        {
            using var copy = new MemoryStream();
            await body.CopyToAsync(copy, Cancel);
            return copy.ToArray();
        }
    }

    private async Task ArrivedAsync(int paid)
    {
        while (Lab.Traffic.Requests.Count == 0 || Lab.Ledger.Creates.Count < paid)
        {
            await Task.Delay(10, Cancel);
        }
    }

    private static string Say(SubmitOutcome outcome) => outcome switch
    {
        SubmitOutcome.NotSent { RetryAfter: { } wait } => $"NotSent {Math.Ceiling(wait.TotalSeconds)}",
        SubmitOutcome.Refused refused => $"Refused {refused.Code}",
        SubmitOutcome.Finished => "Accepted",
        _ => outcome.GetType().Name,
    };

    private static string TextOf(SubmitOutcome outcome) => outcome.ToString();

    private static string Say(CheckOutcome outcome, bool withProgress) => outcome switch
    {
        CheckOutcome.Unreachable { RetryAfter: { } wait } => $"Unreachable {Math.Ceiling(wait.TotalSeconds)}",
        CheckOutcome.Running { Progress: { } part } when withProgress => $"Running {part * 100:0} %",
        _ => outcome.GetType().Name,
    };

    private static async Task<string> SayAsync(OpenOutcome outcome)
    {
        switch (outcome)
        {
            case OpenOutcome.Unreachable { RetryAfter: { } wait }:
                return $"Unreachable {Math.Ceiling(wait.TotalSeconds)}";
            case OpenOutcome.Opened opened:
                await using (opened.Body)
                {
                    return "Opened" + await TailAsync(opened.Body);
                }

            default:
                return outcome.GetType().Name;
        }
    }

    // Reads to the end, but not for ever.
    private static async Task<string> TailAsync(Stream body)
    {
        var buffer = new byte[64 * 1024];
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        try
        {
            for (var read = 0L; read < 16 << 20;)
            {
                var count = await body.ReadAsync(buffer, patience.Token);
                if (count == 0)
                {
                    return "";
                }

                read += count;
                patience.CancelAfter(TimeSpan.FromSeconds(1));
            }

            return ", then endless";
        }
        catch (IOException)
        {
            return ", then broken";
        }
        catch (OperationCanceledException)
        {
            return ", then silent";
        }
    }
}
