using Kinora.Providers;
using Kinora.Server.Lab;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Providers;

/// <summary>Results: fetched whole or from where it broke off, and every fault of the lab on the way.</summary>
public abstract partial class ProviderContract
{
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

    /// <summary>Fault of a download; outcome (with seconds to wait).</summary>
    public static TheoryData<string, string> ContentFaults => new()
    {
        { "latency:1", "Opened" },
        { "429:70", "Unreachable 70" },
        { "429_date:70", "Unreachable 70" },
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

        var opening = provider.OpenAsync(job, outputs[0], 0, Cancel);
        var got = fault == "hang" ? await Clock.UntilAsync(opening) : await opening;

        (await SayAsync(got, patience: TimeSpan.FromSeconds(fault == "stall" ? 0.3 : 10))).ShouldBe(outcome);
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

        (await SayAsync(await provider.OpenAsync(job, outputs[0], 0, Cancel), patience: TimeSpan.FromSeconds(10))).ShouldBe("Opened");
    }

    private static async Task<string> SayAsync(OpenOutcome outcome, TimeSpan patience)
    {
        switch (outcome)
        {
            case OpenOutcome.Unreachable { RetryAfter: { } wait }:
                return $"Unreachable {10 * Math.Ceiling(wait.TotalSeconds / 10)}";
            case OpenOutcome.Opened opened:
                await using (opened.Body)
                {
                    return "Opened" + await TailAsync(opened.Body, patience);
                }

            default:
                return outcome.GetType().Name;
        }
    }

    // Reads to the end, but not for ever.
    private static async Task<string> TailAsync(Stream body, TimeSpan patience)
    {
        var buffer = new byte[64 * 1024];
        using var limit = new CancellationTokenSource(patience);
        try
        {
            for (var read = 0L; read < 16 << 20;)
            {
                var count = await body.ReadAsync(buffer, limit.Token);
                if (count == 0)
                {
                    return "";
                }

                read += count;
                limit.CancelAfter(patience);
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
