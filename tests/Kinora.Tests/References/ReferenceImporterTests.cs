using System.Text;
using Kinora.Adapters.Media.Images;
using Kinora.Adapters.Storage;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.References;
using Kinora.Tests.Fakes;
using Kinora.Tests.Media;
using Shouldly;
using Xunit;

namespace Kinora.Tests.References;

public sealed class ReferenceImporterTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ImageCleaner _images = new(new ImageOptions(), [.. ChildHost.Command, ImageWorkerCommand.Name]);
    private readonly DiskAssetStore _store;
    private readonly ReferenceImporter _importer;

    public ReferenceImporterTests()
    {
        _store = new DiskAssetStore(_folder.File("data"), new StorageOptions());
        _importer = new ReferenceImporter(_images, _store, new SystemRandomBytes(), TestFolders.At(_folder.Path), new FakeUrls());
        Directory.CreateDirectory(_folder.File("references/pets"));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _images.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Picture_ByEveryRoute_IsTheSameInput()
    {
        _folder.Write("references/pets/cat.png", HostileImages.Good());
        var text = Convert.ToBase64String(HostileImages.Good());
        ImageSource[] routes =
        [
            new ImageSource.Bytes("f", HostileImages.Good()),
            new ImageSource.FolderFile("f", "pets/cat.png"),
            new ImageSource.Encoded("f", text),
            new ImageSource.Encoded("f", Convert.ToBase64String(HostileImages.Good(), Base64FormattingOptions.InsertLineBreaks) + "\n"),
            new ImageSource.Encoded("f", "data:image/png;base64," + text),
            new ImageSource.Encoded("f", " DATA:text/html;charset=x;BASE64," + text), // What it says of the type is not believed.
        ];

        var images = new List<object>();
        foreach (var route in routes)
        {
            images.Add(await _importer.ImportAsync(route, Cancel));
        }

        images.Distinct().Count().ShouldBe(1);
        _store.ListWork().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("not base64!")]
    [InlineData("QUJ")]
    [InlineData("QQ==QUJD")]
    [InlineData("QUJD-_==")]
    [InlineData("data:image/png,QUJD")]
    [InlineData("data:image/png;base64")]
    [InlineData("data:;base64,QUJD%0A")]
    public async Task Encoded_NoBase64_IsRefusedWithWhatIsAllowed(string text)
    {
        var fault = await RefusedAsync(new ImageSource.Encoded("f", text));

        fault.Code.ShouldBe(ErrorCodes.InvalidImage);
        fault.Message.ShouldStartWith("The picture's text is no base64. Give the bytes of");
    }

    [Fact]
    public async Task Encoded_PaddingAtTheEndOfAChunk_EndsTheText()
    {
        var chunk = new string('A', (64 * 1024) - 2) + "==";

        (await RefusedAsync(new ImageSource.Encoded("f", chunk + "QUJD"))).Message.ShouldContain("no base64");
    }

    [Fact]
    public async Task Encoded_TextOverTheLimit_IsRefusedUnread()
    {
        (await RefusedAsync(new ImageSource.Encoded("f", new string('!', 40_000_000)))).Code.ShouldBe(ErrorCodes.ImageTooLarge);
        // Short enough as text, too large as a picture.
        (await RefusedAsync(new ImageSource.Encoded("f", new string('A', 36_000_000)))).Code.ShouldBe(ErrorCodes.ImageTooLarge);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  \n")]
    [InlineData("PHN2Zz48L3N2Zz4=")]
    public async Task Encoded_NoPicture_IsRefusedByItsBytes(string text) =>
        (await RefusedAsync(new ImageSource.Encoded("f", text))).Message.ShouldContain("PNG, JPEG and WebP");

    [Theory]
    [InlineData("../data/kinora.db", ErrorCodes.InvalidFileName)]
    [InlineData("/etc/passwd", ErrorCodes.InvalidFileName)]
    [InlineData("pets/none.png", ErrorCodes.FileNotFound)]
    [InlineData("pets", ErrorCodes.FileNotFound)]
    [InlineData("link.png", ErrorCodes.FileNotFound)]
    [InlineData("text.png", ErrorCodes.InvalidImage)]
    [InlineData("large.png", ErrorCodes.ImageTooLarge)]
    public async Task FolderFile_ThatWillNotDo_IsRefused(string name, string code)
    {
        File.CreateSymbolicLink(_folder.File("references/link.png"), _folder.Write("outside.png", HostileImages.Good()));
        _folder.Write("references/text.png", Encoding.UTF8.GetBytes("text"));
        using (var large = File.Create(_folder.File("references/large.png")))
        {
            large.SetLength(ReferenceImporter.MaxBytes + 1);
        }

        (await RefusedAsync(new ImageSource.FolderFile("f", name))).Code.ShouldBe(code);
        _store.ListWork().ShouldBeEmpty();
    }

    private Task<KinoraException> RefusedAsync(ImageSource source) => Should.ThrowAsync<KinoraException>(() => _importer.ImportAsync(source, Cancel));
}
