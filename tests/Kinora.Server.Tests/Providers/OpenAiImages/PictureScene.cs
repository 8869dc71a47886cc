using Kinora.Adapters.Providers.OpenAiImages;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Providers;
using Kinora.Server.Lab;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Providers.OpenAiImages;

/// <summary>A lab, real pictures, and ways to connect.</summary>
public abstract class PictureScene : IAsyncLifetime
{
    protected const string Key = "sk-lab/Key+0123456789=abcdef";

    private protected LabServer Lab { get; private set; } = null!;

    private protected ProviderScene Scene { get; } = new() { Model = "gpt-image-2" };

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Lab = await LabServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await Lab.DisposeAsync();
        Scene.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected IMediaProvider Connect(string dialect = "openai", TimeProvider? clock = null, params (string Name, string Value)[] extra) => new OpenAiImagesModule().Create(
        new ProviderSettings
        {
            Name = "lab",
            Kind = "openai-images",
            BaseUrl = new Uri(Lab.BaseUrl, $"/{dialect}/v1"),
            ApiKey = Key,
            Dialect = dialect,
            Extra = extra.ToDictionary(pair => pair.Name, pair => pair.Value),
        },
        clock is null ? NoServices.Instance : new ClockAlone(clock));

    protected static GenerationRequest Ask(string prompt) => new() { Kind = MediaKind.Image, Prompt = prompt };

    private protected static async Task<byte[]> PngAsync(bool transparent = false, int width = 64) =>
        await new LabPictures("ffmpeg").MakeAsync(new LabPicture(new(width, 48), "png", transparent));

    private protected async Task<InputImage> PictureAsync(bool transparent = false, int width = 64) => Scene.Picture(await PngAsync(transparent, width));

    /// <summary>The bytes of a result.</summary>
    private protected static byte[] BytesOf(RemoteOutput output, Submission submission) =>
        output.Inline ?? File.ReadAllBytes(Path.Combine(submission.WorkFolder, output.WorkFile!));

    private protected static async Task<SubmitOutcome.Accepted> AcceptedAsync(IMediaProvider provider, Submission submission) =>
        (await provider.SubmitAsync(submission, Cancel)).ShouldBeOfType<SubmitOutcome.Accepted>();

    /// <summary>Looks until it is at an end.</summary>
    private protected static async Task<CheckOutcome> EndAsync(IMediaProvider provider, RemoteJob job)
    {
        for (var look = 0; look < 100; look++)
        {
            if (await provider.CheckAsync(job, new Progress<double>(), Cancel) is var outcome and not CheckOutcome.Running)
            {
                return outcome;
            }
        }

        throw new InvalidOperationException("The job does not end.");
    }

    /// <summary>A turn to its end, as the source of the next.</summary>
    private protected async Task<(SourceJob Source, CheckOutcome.Finished End)> TurnAsync(IMediaProvider provider, GenerationRequest request, SourceJob? source = null, string? model = null)
    {
        var submission = Scene.Submission(request, model, source);
        var accepted = await AcceptedAsync(provider, submission);
        var end = (await EndAsync(provider, Scene.Job(submission, accepted.RemoteId, accepted.RemoteData))).ShouldBeOfType<CheckOutcome.Finished>();
        return (new SourceJob(submission.JobId, accepted.RemoteId, provider.Name, request, Scene.Write("made.png", end.Outputs[0].Inline!), [.. source?.Prompts ?? [], request.Prompt])
        {
            MimeType = "image/png",
            RemoteOutputId = end.Outputs[0].Id,
            RemoteData = accepted.RemoteData,
        }, end);
    }

    private protected static SourceJob Foreign(string file, params string[] prompts) =>
        new(JobId.New(new SystemRandomBytes()), "remote-elsewhere", "other", Ask("first"), file, prompts) { MimeType = "image/png" };
}
