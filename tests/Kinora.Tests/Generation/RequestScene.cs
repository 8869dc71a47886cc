using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.References;
using Kinora.Tests.Fakes;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Generation;

/// <summary>Requests read and checked at once, over a catalogue of one live model and the built-in renderer.</summary>
internal sealed class RequestScene : IAsyncDisposable
{
    private static readonly Caller Ann = new("ann");
    private readonly SystemRandomBytes _random = new();

    public RequestScene()
    {
        Engine.All[0].Models.Clear();
        Engine.All[0].Models.Add(new ModelInfo
        {
            Id = "live/google/veo-3.1",
            Title = "Veo",
            Source = "test",
            Durations = DurationRule.OneOf(8, 4, 6, 8),
            Sizes = new SizeRule { Allowed = [new FrameSize(1280, 720), new FrameSize(1920, 1080)], Default = new FrameSize(1280, 720) },
            Price = new Price(0.4m, PriceUnit.Second),
            FirstFrame = true,
            Remix = true,
            Extend = true,
        });
        Engine.All[1].Models.Clear();
        Engine.All[1].Models.Add(new ModelInfo { Id = ModelCatalog.BuiltIn, Title = "Storyboard", Source = "test", Generative = false, Kinds = [MediaKind.Video, MediaKind.Image] });
    }

    public Engine Engine { get; } = new(new FakeProvider("live"), new FakeProvider("animatic"));

    public CatalogOptions Options { get; set; } = new();

    /// <summary>Those of the live provider.</summary>
    public List<ModelInfo> Models => Engine.All[0].Models;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A file that may pass for a video, by its path.</summary>
    public string VideoFile(string content = "film")
    {
        var path = Path.Combine(Engine.Assets.WorkFolder(JobId.New(_random)), "film.mp4");
        File.WriteAllText(path, content);
        return path;
    }

    public async Task<CheckedRequest> ReadAsync(GenerationDraft draft, Caller? caller = null)
    {
        var importer = new ReferenceImporter(Engine.Media, Engine.Assets, _random, TestFolders.None, new FakeUrls());
        var reader = Engine.NewReader(importer);
        var asked = await reader.AskAsync(caller ?? Ann, draft, Cancel);
        return await Engine.NewCheck(new ModelCatalog(Engine.Providers, Options), importer).CheckAsync(asked, Cancel);
    }

    public Task<KinoraException> RefusedAsync(GenerationDraft draft, Caller? caller = null) =>
        Should.ThrowAsync<KinoraException>(() => ReadAsync(draft, caller));

    public ValueTask DisposeAsync() => Engine.DisposeAsync();
}
