using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Providers;
using Kinora.Server.Lab;
using Kinora.Server.Tests.Providers.OpenAiImages;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Providers;

/// <summary>
/// What every provider folder must keep, shown against the lab over loopback HTTP: the way from create to file, one of six outcomes for every
/// fault of a create with at most one paid row in the ledger, and a key that goes nowhere. Inherit it, give it settings, override what the wire format
/// makes different.
/// </summary>
public abstract partial class ProviderContract : IAsyncLifetime
{
    protected const string Key = "sk-lab/Key+0123456789=abcdef";

    private protected LabServer Lab { get; private set; } = null!;

    private protected ProviderScene Scene { get; } = new();

    /// <summary>The providers' clock. It is put forward between looks, and where a test is about what takes too long.</summary>
    private protected SteppedClock Clock { get; } = new();

    /// <summary>The provider, by <see cref="Clock"/>, talking to the lab at that address, with a time limit of one second for looks.</summary>
    private protected abstract IMediaProvider Connect(Uri lab, string? key = Key);

    /// <summary>What a module makes of settings that it has nothing against.</summary>
    private protected IMediaProvider Connect(IProviderModule module, Uri baseUrl, string? key, string? dialect = null)
    {
        var settings = new ProviderSettings
        {
            Name = "lab",
            Kind = module.Kind,
            BaseUrl = baseUrl,
            ApiKey = key,
            Dialect = dialect,
            Extra = new Dictionary<string, string> { ["TimeoutSeconds"] = "1" },
        };
        module.Check(settings).ShouldBeEmpty();
        return module.Create(settings, new ClockAlone(Clock));
    }

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
        if (Request("x") is { Kind: MediaKind.Video, Size: { } size, Seconds: { } seconds })
        {
            await new LabVideos("ffmpeg").MakeAsync(size, seconds);
        }

        await new LabPictures("ffmpeg").MakeAsync(new LabPicture(new FrameSize(1024, 1024), "png", false));
    }

    public virtual async ValueTask DisposeAsync()
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

    [Theory]
    [InlineData("401")]
    [InlineData("429")]
    [InlineData("500")]
    [InlineData("503")]
    [InlineData("html")]
    [InlineData("empty")]
    [InlineData("half_json")]
    [InlineData("reset")]
    public async Task Find_ListCannotBeRead_IsNotTakenForALostJob(string fault)
    {
        var provider = Connect(Lab.BaseUrl);
        if (provider is not IReconcilingProvider reconciling)
        {
            return;
        }

        var submission = Scene.Submission(Request("a storm"));
        await provider.SubmitAsync(submission, Cancel);
        Lab.PlayAlways(fault);

        (await reconciling.FindAsync(submission, DateTimeOffset.UtcNow, _ => Task.FromResult(false), Cancel)).ShouldBeOfType<FindOutcome.Unreachable>();
    }

    [Fact]
    public async Task ListModels_ServerAway_NeverThrows()
    {
        Lab.PlayAlways("hang");

        (await Clock.UntilAsync(Connect(Lab.BaseUrl).ListModelsAsync(Cancel).AsTask())).ShouldNotBeNull();
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

    private protected async Task<CheckOutcome> EndAsync(IMediaProvider provider, RemoteJob job)
    {
        for (var look = 0; look < 20; look++)
        {
            Clock.Step(TimeSpan.FromSeconds(1.1));
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
}
