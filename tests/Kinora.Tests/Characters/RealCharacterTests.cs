using Kinora.Adapters.Media.Ffmpeg;
using Kinora.Adapters.Media.Images;
using Kinora.Adapters.Storage;
using Kinora.Characters;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.References;
using Kinora.Tests.Fakes;
using Kinora.Tests.Media;
using Kinora.Uploads;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Characters;

/// <summary>Characters of real files, with the real tools and the real store.</summary>
public sealed class RealCharacterTests : IAsyncDisposable
{
    private static readonly Caller Ann = new("ann");

    private readonly Engine _engine = new();
    private readonly TempFolder _folder = new();
    private readonly FfmpegMediaTool _media = new(new MediaOptions());
    private readonly ImageCleaner _images = new(new ImageOptions(), [.. ChildHost.Command, ImageWorkerCommand.Name]);
    private readonly DiskAssetStore _store;
    private readonly CharacterService _service;

    public RealCharacterTests()
    {
        var random = new SystemRandomBytes();
        _store = new DiskAssetStore(_folder.File("data"), new StorageOptions());
        var importer = new ReferenceImporter(_images, _store, random, TestFolders.None, new FakeUrls());
        _service = new CharacterService(_engine.Characters, _media, importer, _store, new UploadOptions(), random, _engine.Clock);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Broken => [.. HostileVideos.Boxes.Keys, .. HostileVideos.Scripts.Keys];

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        _images.Dispose();
        _media.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task AVideo_GivesItsMiddle_ItsFirstAndItsLastStill()
    {
        // Grey grows from frame to frame: a still tells where it is from.
        await RunTool.FfmpegAsync(
            "-f", "lavfi", "-i", "color=black:s=1600x900:r=5:d=2,format=yuv420p,geq=lum=16+N*20:cb=128:cr=128", "-c:v", "libx264", "-qp", "4", "-f", "mp4", _folder.File("upload"));

        var made = await _service.AddAsync(Ann, "Mossy", _folder.File("upload"), Cancel);

        made.Pictures.Count.ShouldBe(3);
        made.Pictures.ShouldAllBe(p => p.Width == 1280 && p.Height == 720 && p.MimeType == "image/jpeg");
        var greys = new List<int>();
        foreach (var picture in made.Pictures)
        {
            greys.Add((await RunTool.FfmpegAsync("-i", await _store.PathAsync(picture, Cancel), "-f", "rawvideo", "-pix_fmt", "gray", "pipe:1"))[640 + (360 * 1280)]);
        }

        var (middle, first, last) = (greys[0], greys[1], greys[2]);
        first.ShouldBeLessThan(10);
        middle.ShouldBeInRange(70, 120);
        last.ShouldBeGreaterThan(190);
        _store.ListWork().ShouldBeEmpty();
        File.Exists(_folder.File("upload")).ShouldBeTrue();
    }

    [Fact]
    public async Task AStandingPicture_IsKeptOnce()
    {
        await RunTool.FfmpegAsync("-f", "lavfi", "-i", "color=red:s=64x64:r=5:d=1", "-c:v", "libx264", "-pix_fmt", "yuv420p", "-frames:v", "1", "-f", "mp4", _folder.File("upload"));

        (await _service.AddAsync(Ann, "Red", _folder.File("upload"), Cancel)).Pictures.ShouldHaveSingleItem();
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task BrokenFilesAndScripts_AreTheCallersFault(string name)
    {
        var bytes = HostileVideos.Boxes.TryGetValue(name, out var box) ? box : HostileVideos.Scripts[name];

        var refused = await Should.ThrowAsync<KinoraException>(() => _service.AddAsync(Ann, "Mossy", _folder.Write(name, bytes), Cancel));

        var fault = refused.Faults.ShouldHaveSingleItem();
        (fault.Field, fault.Code).ShouldBe(("video", ErrorCodes.InvalidRequest));
        fault.Text.ShouldNotContain(_folder.Path);
        (await _engine.Characters.CountAsync("ann", Cancel)).ShouldBe(0);
        _store.ListWork().ShouldBeEmpty();
    }

    [Fact]
    public async Task ASound_AndAPicture_AreNoVideos()
    {
        await RunTool.FfmpegAsync("-f", "lavfi", "-i", "sine=d=1", "-c:a", "aac", _folder.File("sound.mp4"));

        foreach (var path in new[] { _folder.File("sound.mp4"), _folder.Write("picture.mp4", HostileImages.Good()) })
        {
            (await Should.ThrowAsync<KinoraException>(() => _service.AddAsync(Ann, "Mossy", path, Cancel))).Faults.ShouldHaveSingleItem().Field.ShouldBe("video");
        }
    }
}
