using Kinora.Errors;
using Kinora.Providers;
using Kinora.Server.Lab;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Providers;

/// <summary>A fault of a look changes nothing about the job.</summary>
public abstract partial class ProviderContract
{
    /// <summary>Fault of a poll; outcome (with seconds to wait, or progress).</summary>
    public static TheoryData<string, string> PollFaults => new()
    {
        { "latency:1", "Running" },
        { "429:70", "Unreachable 70" },
        { "429_date:70", "Unreachable 70" },
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

        var look = provider.CheckAsync(job, new Progress<double>(), Cancel);
        var got = fault == "hang" ? await Clock.UntilAsync(look) : await look;

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

    private static string Say(CheckOutcome outcome, bool withProgress) => outcome switch
    {
        CheckOutcome.Unreachable { RetryAfter: { } wait } => $"Unreachable {10 * Math.Ceiling(wait.TotalSeconds / 10)}",
        CheckOutcome.Running { Progress: { } part } when withProgress => $"Running {part * 100:0} %",
        _ => outcome.GetType().Name,
    };
}
