using System.Security.Cryptography;
using Kinora.Adapters.Secrets;
using Kinora.Errors;
using Kinora.Jobs;
using Kinora.Tests.Media;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Secrets;

public sealed class AesSecretBoxTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TempFolder _folder = new();
    private readonly SystemRandomBytes _random = new();

    private string KeyPath => _folder.File("secret.key");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ASecret_IsReadBackByAnotherProcess_AndIsNowhereInItsBox()
    {
        var box = Box().Seal("whsec_\u00e9-secret", "wh_1");

        box.ShouldNotContain("secret");
        Box().Open(box, "wh_1").ShouldBe("whsec_\u00e9-secret");
        Box().Seal("whsec_\u00e9-secret", "wh_1").ShouldNotBe(box);
        Box().Open(Box().Seal("", "wh_1"), "wh_1").ShouldBe("");
    }

    [Fact]
    public void TheKeyFile_IsMadeOnFirstUse_ForItsOwnerOnly_AndNothingElseIsLeft()
    {
        Box();
        File.Exists(KeyPath).ShouldBeFalse();

        Box().Seal("secret", "wh_1");

        File.GetUnixFileMode(KeyPath).ShouldBe(OwnerOnly);
        Convert.FromBase64String(File.ReadAllText(KeyPath).Trim()).Length.ShouldBe(32);
        Directory.GetFileSystemEntries(_folder.Path).ShouldBe([KeyPath]);
    }

    [Fact]
    public async Task TheKeyFile_MadeByManyAtOnce_IsOne()
    {
        var boxes = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => Box().Seal("secret", "wh_1"))));

        boxes.ShouldAllBe(box => Box().Open(box, "wh_1") == "secret");
        Directory.GetFileSystemEntries(_folder.Path).ShouldBe([KeyPath]);
    }

    [Fact]
    public void ABox_ChangedInAnyPlace_OrOfAnotherPurpose_IsRefused()
    {
        var box = Box().Seal("secret", "wh_1");

        Refused(box, "wh_2");
        for (var at = 0; at < box.Length; at++)
        {
            Refused($"{box[..at]}{(box[at] == 'A' ? 'Q' : 'A')}{box[(at + 1)..]}", "wh_1");
        }

        Refused("", "wh_1");
        Refused(box[..^8], "wh_1");
        Refused(box[..20], "wh_1");
    }

    [Fact]
    public void KeysOfTheSettings_ReplaceTheFile_AndOldOnesStillOpen()
    {
        var (first, second) = (RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32));
        var ofFile = Box().Seal("file", "wh_1");
        var ofFirst = Box(first).Seal("first", "wh_1");

        Box(first).Open(ofFile, "wh_1").ShouldBe("file");
        Box(second, first).Open(ofFirst, "wh_1").ShouldBe("first");
        Box(first).Open(Box(first, second).Seal("new", "wh_1"), "wh_1").ShouldBe("new");
        Should.Throw<KinoraException>(() => Box(second).Open(ofFirst, "wh_1")).Code.ShouldBe(ErrorCodes.ConfigurationInvalid);
    }

    [Fact]
    public void WithAKeyInTheSettings_NoFileIsMade()
    {
        Box(RandomNumberGenerator.GetBytes(32)).Seal("secret", "wh_1");

        Directory.GetFileSystemEntries(_folder.Path).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("c2hvcnQ=")]
    [InlineData("not base64 at all, but as long as one with 44 ch")]
    public void AKeyFileThatHoldsNoKey_IsLeftAlone_AndNamed(string content)
    {
        File.WriteAllText(KeyPath, content);

        var refusal = Should.Throw<KinoraException>(() => Box().Seal("secret", "wh_1"));

        (refusal.Code, refusal.Message.Contains("secret.key", StringComparison.Ordinal)).ShouldBe((ErrorCodes.ConfigurationInvalid, true));
        File.ReadAllText(KeyPath).ShouldBe(content);
    }

    private AesSecretBox Box(byte[]? present = null, byte[]? previous = null) => new(new SecretKeyFile(KeyPath, _random, new KeyFiles()), present, previous);

    private void Refused(string box, string purpose) => Should.Throw<KinoraException>(() => Box().Open(box, purpose), box).Code.ShouldBe(ErrorCodes.ConfigurationInvalid);
}
