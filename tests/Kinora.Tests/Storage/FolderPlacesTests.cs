using Kinora.Adapters.Storage;
using Kinora.Configuration;
using Kinora.Tests.Media;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Storage;

public sealed class FolderPlacesTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly List<string> _faults = [];

    private DataFolder Data => new(_folder.File("data"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Places_UnlessTold_LieInTheDataFolder()
    {
        var places = Read();

        places.ShouldBe(new FolderPlaces(_folder.File("data/videos"), _folder.File("data/references"), _folder.File("data/workspace")));
        _faults.ShouldBeEmpty();
    }

    [Fact]
    public void Places_ComeFromTheSetting_ThenTheVariableOfTheSeeds()
    {
        var given = new Dictionary<string, string> { ["SORA_VIDEO_PATH"] = " /srv/films ", ["SORA_REFERENCE_PATH"] = "/srv/pictures" };

        Read(environment: given).ShouldBe(new FolderPlaces("/srv/films", "/srv/pictures", _folder.File("data/workspace")));
        Read(videos: "/srv/other", environment: given).Videos.ShouldBe("/srv/other");
        Read(environment: new Dictionary<string, string> { ["SORA_VIDEO_PATH"] = " " }).Videos.ShouldBe(_folder.File("data/videos"));
        Read(videos: "/srv/one", references: "/srv/one").Videos.ShouldBe("/srv/one");
        _faults.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("films", "an absolute path")]
    [InlineData("", "an absolute path")]
    [InlineData("/", "data folder")]
    [InlineData("{0}", "data folder")]
    [InlineData("{0}/", "data folder")]
    [InlineData("{0}/data", "data folder")]
    [InlineData("{0}/data/", "data folder")]
    [InlineData("{0}/other/../data/./assets/..", "data folder")]
    [InlineData("{0}/data/assets", "data folder")]
    [InlineData("{0}/data/films", "data folder")]
    [InlineData("{0}/link", "data folder")]
    [InlineData("{0}/link/inputs", "data folder")]
    [InlineData("{0}/link-to-link/new/deep", "data folder")]
    [InlineData("{0}/store", "store of results")]
    [InlineData("{0}/store/ab", "store of results")]
    [InlineData("{0}/data/videos")]
    [InlineData("{0}/data/references/mine")]
    [InlineData("{0}/data-evil")]
    [InlineData("{0}/films")]
    [InlineData("{0}/loop/films")]
    public void Places_AmongTheProgramsOwnFiles_AreFaultsThatNameTheSetting(string path, string? fault = null)
    {
        Directory.CreateDirectory(Data.Path);
        Directory.CreateSymbolicLink(_folder.File("link"), Data.Path);
        Directory.CreateSymbolicLink(_folder.File("link-to-link"), "link");
        Directory.CreateSymbolicLink(_folder.File("loop"), "loop/further");
        var full = path.Replace("{0}", _folder.Path, StringComparison.Ordinal);

        Read(videos: full, store: _folder.File("store"));

        if (fault is null)
        {
            _faults.ShouldBeEmpty();
        }
        else
        {
            _faults.ShouldHaveSingleItem().ShouldStartWith("Folders:Videos: ");
            _faults[0].ShouldContain(fault);
            _faults[0].ShouldNotContain(_folder.Path);
        }
    }

    [Fact]
    public void Variable_AmongTheProgramsOwnFiles_IsNamedItself()
    {
        Read(environment: new Dictionary<string, string> { ["SORA_REFERENCE_PATH"] = Data.Path });

        _faults.ShouldHaveSingleItem().ShouldStartWith("SORA_REFERENCE_PATH: ");
    }

    [Fact]
    public void Store_InAUsualPlace_IsAFaultOfTheStore()
    {
        Read(store: Path.Combine(Data.Path, "videos"));

        _faults.ShouldHaveSingleItem().ShouldStartWith("Storage:Folder: ");
    }

    private FolderPlaces Read(string? videos = null, string? references = null, Dictionary<string, string>? environment = null, string? store = null) =>
        FolderPlaces.Read(
            new FolderOptions { Videos = videos, References = references }, environment ?? [], Data, new StorageOptions { Folder = store }, _faults);
}
