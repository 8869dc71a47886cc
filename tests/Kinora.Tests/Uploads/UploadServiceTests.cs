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

namespace Kinora.Tests.Uploads;

public sealed class UploadServiceTests : IAsyncDisposable
{
    private static readonly Caller Ann = new("ann");
    private static readonly Caller Eve = new("eve");

    private readonly Engine _engine = new();
    private readonly TempFolder _folder = new();
    private readonly UploadService _service;

    public UploadServiceTests() => _service = Service(new UploadOptions { MaxFiles = 3 });

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Add_TellsWhatCame_AndGivesTheCleanPicture()
    {
        var file = await _service.AddAsync(Ann, _folder.Write("scratch", "a picture"u8), "C:\\cats\\cat.png", "user_data", Cancel);

        file.Id.ToString().ShouldMatch("^file-[0-9a-f]{32}$");
        (file.Owner, file.FileName, file.Purpose, file.Bytes, file.CreatedAt).ShouldBe(("ann", "cat.png", "user_data", 9, _engine.Clock.Now));
        (await _service.GetAsync(Ann, file.Id.ToString(), Cancel)).ShouldBe(file);
        var content = await _service.ContentAsync(Ann, file.Id.ToString(), Cancel);
        content.File.ShouldBe(file);
        (await File.ReadAllTextAsync(content.Path, Cancel)).ShouldBe("a picture");
    }

    [Fact]
    public async Task Add_HostileNames_AreNeverAPath()
    {
        var service = Service(new UploadOptions());
        foreach (var (_, name) in HostilePaths.All)
        {
            var file = await service.AddAsync(Ann, _folder.Write("scratch", "a picture"u8), name, "vision", Cancel);
            var kept = await service.GetAsync(Ann, file.Id.ToString(), Cancel);

            kept.FileName.ShouldBe(UploadedName.Of(name));
            Path.GetFileName((await service.ContentAsync(Ann, file.Id.ToString(), Cancel)).Path).ShouldBe(kept.Picture.Sha256);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Vision")]
    [InlineData("fine-tune")]
    public async Task Add_OtherPurpose_IsRefusedByName(string? purpose)
    {
        var fault = (await RefusedAsync(_service.AddAsync(Ann, _folder.Write("scratch", "a picture"u8), "cat.png", purpose, Cancel))).Faults.ShouldHaveSingleItem();

        fault.Field.ShouldBe("purpose");
        fault.Text.ShouldContain("vision, user_data");
    }

    [Theory]
    [InlineData("", ErrorCodes.InvalidRequest)]
    [InlineData("bad bytes", ErrorCodes.InvalidImage)]
    public async Task Add_NoPicture_IsRefusedByField_AndNothingIsKept(string content, string code)
    {
        var refused = await RefusedAsync(_service.AddAsync(Ann, _folder.Write("upload-17.part", System.Text.Encoding.UTF8.GetBytes(content)), "cat.png", "vision", Cancel));

        (refused.Code, refused.Faults.ShouldHaveSingleItem().Field).ShouldBe((code, "file"));
        refused.Message.ShouldNotContain("upload-17");
        (await ListAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Add_OverTheSizeOfPictures_IsRefused()
    {
        await using (var large = File.Create(_folder.File("scratch")))
        {
            large.SetLength(ReferenceImporter.MaxBytes + 1);
        }

        (await RefusedAsync(_service.AddAsync(Ann, _folder.File("scratch"), "cat.png", "vision", Cancel))).Code.ShouldBe(ErrorCodes.ImageTooLarge);
    }

    [Fact]
    public async Task Add_MoreThanTheLimit_IsRefused_UntilOneIsDeleted()
    {
        var first = await AddAsync(Ann);
        await AddAsync(Ann);
        await AddAsync(Ann);

        var refused = await RefusedAsync(AddAsync(Ann));

        refused.Code.ShouldBe(ErrorCodes.LimitReached);
        refused.Message.ShouldBe("There are 3 files already, the most a user may have. Delete one first.");
        await AddAsync(Eve);
        await _service.DeleteAsync(Ann, first, Cancel);
        await AddAsync(Ann);
    }

    [Fact]
    public async Task EveryMethod_KnowsTheOwnersFilesOnly_AndAnothersReadLikeUnknownOnes()
    {
        var (mine, unknown) = (await AddAsync(Ann), FileId.New(new SystemRandomBytes()).ToString());
        foreach (var call in new Func<string, Task>[]
        {
            id => _service.GetAsync(Eve, id, Cancel),
            id => _service.ContentAsync(Eve, id, Cancel),
            id => _service.DeleteAsync(Eve, id, Cancel),
            id => _service.ListAsync(Eve, id, 10, false, null, Cancel),
        })
        {
            var (theirs, none) = (await RefusedAsync(call(mine)), await RefusedAsync(call(unknown)));

            (theirs.Code, theirs.Message).ShouldBe((none.Code, none.Message));
            (await RefusedAsync(call("../" + mine))).Message.ShouldBe(none.Message);
            (await RefusedAsync(call(""))).Message.ShouldBe(none.Message);
        }

        (await _service.ListAsync(Eve, null, 10, false, null, Cancel)).Files.ShouldBeEmpty();
        (await ListAsync()).ShouldBe([mine]);
        (await RefusedAsync(_service.GetAsync(Ann, unknown, Cancel))).Code.ShouldBe(ErrorCodes.NotFound);
    }

    [Fact]
    public async Task List_DeletingWhatItShows_ComesToTheEnd()
    {
        string[] ids = [await AddAsync(Ann), await AddAsync(Ann), await AddAsync(Ann)];
        var (seen, after) = (new List<string>(), (string?)null);
        UploadPage page;
        do
        {
            page = await _service.ListAsync(Ann, after, 1, oldestFirst: true, "vision", Cancel);
            after = page.Files.ShouldHaveSingleItem().Id.ToString();
            await _service.DeleteAsync(Ann, after, Cancel);
            seen.Add(after);
        }
        while (page.HasMore);

        seen.ShouldBe(ids);
        (await ListAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0, null, "limit")]
    [InlineData(10_001, null, "limit")]
    [InlineData(10, "cats", "purpose")]
    public async Task List_OutOfRange_IsRefusedByField(int limit, string? purpose, string field) =>
        (await RefusedAsync(_service.ListAsync(Ann, null, limit, false, purpose, Cancel))).Faults.ShouldHaveSingleItem().Field.ShouldBe(field);

    [Fact]
    public async Task Requests_MayNameOnesOwnFile_AndKeepItsPictureWhenItIsDeleted()
    {
        var reader = _engine.NewReader(Importer());
        var file = await AddAsync(Ann);
        var draft = new GenerationDraft { Prompt = "a fox", FirstFrame = new ImageSource.Uploaded("input_reference", file) };

        var asked = await reader.AskAsync(Ann, draft, Cancel);

        asked.Faults.ShouldBeEmpty();
        asked.Request.FirstFrame.ShouldBe((await _service.GetAsync(Ann, file, Cancel)).Picture);
        await _service.DeleteAsync(Ann, file, Cancel);
        File.Exists(await _engine.Assets.PathAsync(asked.Request.FirstFrame!, Cancel)).ShouldBeTrue();
        foreach (var (caller, id) in new[] { (Ann, file), (Eve, await AddAsync(Ann)), (Ann, "file-x"), (Ann, "/etc/passwd") })
        {
            var fault = (await reader.AskAsync(caller, draft with { FirstFrame = new ImageSource.Uploaded("input_reference", id) }, Cancel)).Faults.ShouldHaveSingleItem();

            fault.ShouldBe(new Fault("input_reference", "input_reference: There is no file with that id.", ErrorCodes.NotFound));
        }
    }

    private ReferenceImporter Importer() => new(_engine.Media, _engine.Assets, new SystemRandomBytes(), TestFolders.None, new FakeUrls());

    private UploadService Service(UploadOptions options) => new(_engine.Uploads, Importer(), _engine.Assets, options, new SystemRandomBytes(), _engine.Clock);

    private async Task<string> AddAsync(Caller caller) =>
        (await _service.AddAsync(caller, _folder.Write("scratch", "a picture"u8), "cat.png", "vision", Cancel)).Id.ToString();

    private async Task<IEnumerable<string>> ListAsync() => (await _service.ListAsync(Ann, null, 10, false, null, Cancel)).Files.Select(f => f.Id.ToString());

    private static Task<KinoraException> RefusedAsync(Task call) => Should.ThrowAsync<KinoraException>(() => call);
}
