using Kinora.Providers;
using Kinora.Server.Lab;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Providers;

/// <summary>One of six outcomes for every fault of a create, and at most one paid job.</summary>
public abstract partial class ProviderContract
{
    /// <summary>Fault of a create; outcome (with code or seconds to wait); rows in the ledger.</summary>
    public static TheoryData<string, string, int> CreateFaults => new()
    {
        { "429:70", "NotSent 70", 0 },
        { "429_date:70", "NotSent 70", 0 },
        { "429_absurd", "NotSent 900", 0 },
        { "429_html", "Unknown", 0 },
        { "429_quota", "Refused provider_quota", 0 },
        { "400", "Refused provider_refused", 0 },
        { "401", "NotAllowed", 0 },
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
    public async Task Submit_Fault_IsOneOfSix(string fault, string outcome, int paid)
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

    private async Task ArrivedAsync(int paid)
    {
        while (Lab.Traffic.Requests.Count == 0 || Lab.Ledger.Creates.Count < paid)
        {
            await Task.Delay(10, Cancel);
        }
    }

    private static string Say(SubmitOutcome outcome) => outcome switch
    {
        SubmitOutcome.NotSent { RetryAfter: { } wait } => $"NotSent {10 * Math.Ceiling(wait.TotalSeconds / 10)}",
        SubmitOutcome.Refused refused => $"Refused {refused.Code}",
        SubmitOutcome.Finished => "Accepted",
        _ => outcome.GetType().Name,
    };

    private static string TextOf(SubmitOutcome outcome) => outcome.ToString();
}
