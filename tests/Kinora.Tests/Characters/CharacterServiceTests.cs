using Kinora.Characters;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.References;
using Kinora.Tests.Fakes;
using Kinora.Tests.Folders;
using Kinora.Tests.Media;
using Kinora.Uploads;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Characters;

public sealed class CharacterServiceTests : IAsyncDisposable
{
    private static readonly Caller Ann = new("ann");
    private static readonly Caller Eve = new("eve");

    private readonly Engine _engine = new();
    private readonly TempFolder _folder = new();
    private readonly CharacterService _service;
    private readonly List<JobId> _scratch = [];

    public CharacterServiceTests()
    {
        _service = Service(new UploadOptions { MaxCharacters = 2 });
        _engine.Assets.OnClearWork = _scratch.Add;
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Add_KeepsNameAndStills_AndOnlyItsOwnerSeesIt()
    {
        var made = await AddAsync(Ann, "  Mossy the fox ");

        made.Id.ToString().ShouldMatch("^char_[0-9a-f]{32}$");
        (made.Owner, made.Name, made.CreatedAt).ShouldBe(("ann", "Mossy the fox", _engine.Clock.Now));
        made.Pictures.ShouldHaveSingleItem("the stills of this fake are all the same");
        (await _service.GetAsync(Ann, made.Id.ToString(), Cancel)).Pictures.ShouldBe(made.Pictures);
        var unknown = await RefusedAsync(_service.GetAsync(Ann, CharacterId.New(new SystemRandomBytes()).ToString(), Cancel));
        (unknown.Code, unknown.Message).ShouldBe((ErrorCodes.NotFound, "There is no character with that id."));
        foreach (var (caller, id) in new[] { (Eve, made.Id.ToString()), (Ann, made.Id.Hex), (Ann, "char_../../etc"), (Ann, "") })
        {
            (await RefusedAsync(_service.GetAsync(caller, id, Cancel))).Message.ShouldBe(unknown.Message);
        }
    }

    [Theory]
    [InlineData(null, "1 to 80 characters; this one has 0")]
    [InlineData(" \t ", "1 to 80 characters; this one has 0")]
    [InlineData("a\nb", "control characters")]
    [InlineData("a\u0000b", "control characters")]
    public async Task Add_NameThatWillNotDo_IsRefused(string? name, string text)
    {
        var fault = (await RefusedAsync(AddAsync(Ann, name))).Faults.ShouldHaveSingleItem();

        (fault.Field, fault.Code).ShouldBe(("name", ErrorCodes.InvalidRequest));
        fault.Text.ShouldContain(text);
    }

    [Fact]
    public async Task Add_NameWithHalfACharacter_IsRefused() => (await RefusedAsync(AddAsync(Ann, "a\ud83e"))).Message.ShouldBe("The name is not valid Unicode text.");

    [Fact]
    public async Task Add_LongNames_CountCharacters()
    {
        var foxes = string.Concat(Enumerable.Repeat("🦊", 80));

        (await AddAsync(Ann, foxes)).Name.ShouldBe(foxes);
        (await RefusedAsync(AddAsync(Ann, foxes + "x"))).Message.ShouldBe("A name has 1 to 80 characters; this one has 81.");
    }

    [Fact]
    public async Task Add_HostileNames_AreRefused_OrOnlyText()
    {
        var service = Service(new UploadOptions());
        var kept = 0;
        foreach (var (_, name) in HostilePaths.All)
        {
            try
            {
                var made = await service.AddAsync(Ann, name, Video(), Cancel);

                (await service.GetAsync(Ann, made.Id.ToString(), Cancel)).Name.ShouldBe(name.Trim());
                kept++;
            }
            catch (KinoraException refused)
            {
                refused.Faults.ShouldHaveSingleItem().Field.ShouldBe("name");
            }
        }

        kept.ShouldBeInRange(100, HostilePaths.All.Count - 1);
    }

    [Fact]
    public async Task Add_NameAndVideoBothWrong_TellsBoth() =>
        (await RefusedAsync(_service.AddAsync(Ann, "", _folder.Write("upload-17.part", []), Cancel))).Faults.Select(f => f.Field).ShouldBe(["name", "video"]);

    [Fact]
    public async Task Add_VideoThatIsNone_IsTheCallersFault_AndLeavesNothing()
    {
        var refused = await RefusedAsync(_service.AddAsync(Ann, "Mossy", _folder.Write("upload-17.part", "bad bytes"u8), Cancel));

        refused.Faults.ShouldBe([new Fault("video", "It is no media file.", ErrorCodes.InvalidRequest)]);
        (await _engine.Characters.CountAsync("ann", Cancel)).ShouldBe(0);
        _scratch.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Add_LongOrLargeVideo_IsRefusedWithTheLimit()
    {
        _engine.Media.Video = _engine.Media.Video with { Seconds = 60 };
        await AddAsync(Ann, "just short enough");
        _engine.Media.Video = _engine.Media.Video with { Seconds = 61.5 };
        (await RefusedAsync(AddAsync(Ann, "Mossy"))).Faults.ShouldHaveSingleItem().ShouldBe(new Fault("video", "The video is 61.5 seconds long; at most 60 are allowed."));

        await using (var large = File.Create(_folder.File("large")))
        {
            large.SetLength(CharacterRules.MaxBytes + 1_000_000);
        }

        (await RefusedAsync(_service.AddAsync(Ann, "Mossy", _folder.File("large"), Cancel)))
            .Faults.ShouldHaveSingleItem().ShouldBe(new Fault("video", "The video has 101.0 MB; at most 100 MB are allowed."));
    }

    [Fact]
    public async Task Add_MoreThanTheLimit_IsRefused()
    {
        await AddAsync(Ann, "one");
        await AddAsync(Ann, "two");

        (await RefusedAsync(AddAsync(Ann, "three"))).Code.ShouldBe(ErrorCodes.LimitReached);
        await AddAsync(Eve, "one");
    }

    [Fact]
    public async Task Add_WithoutTheMediaTool_SaysSo()
    {
        _engine.Media.MissingText = "ffmpeg not found";

        (await RefusedAsync(AddAsync(Ann, "Mossy"))).Code.ShouldBe(ErrorCodes.MediaToolMissing);
    }

    private CharacterService Service(UploadOptions options)
    {
        var random = new SystemRandomBytes();
        var importer = new ReferenceImporter(_engine.Media, _engine.Assets, random, TestFolders.None, new FakeUrls());
        return new CharacterService(_engine.Characters, _engine.Media, importer, _engine.Assets, options, random, _engine.Clock);
    }

    private Task<Character> AddAsync(Caller caller, string? name) => _service.AddAsync(caller, name, Video(), Cancel);

    private string Video() => _folder.Write("scratch", "a video"u8);

    private static Task<KinoraException> RefusedAsync(Task call) => Should.ThrowAsync<KinoraException>(() => call);
}
