using System.Security.Cryptography;
using Kinora.Adapters.Secrets;
using Kinora.Configuration;
using Kinora.Errors;
using Kinora.Jobs;
using Kinora.Server.Security;
using Kinora.Server.Tests.Commands;
using Kinora.Tests.Media;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Security;

public sealed class TokenKeysTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string KeyFile => Path.Combine(_folder.Path, "tokens.key");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("short")]
    [InlineData("N3v2Zk8QpX1sYw7LrT5uHc9BdJf0GmA")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("ababababababababababababababababababababab")]
    [InlineData("01234567890123456789012345678901234567890123")]
    [InlineData("abcdefghijklmnopqrstuvwxyz0123456789")]
    [InlineData("zyxwvutsrqponmlkjihgfedcba9876543210")]
    [InlineData("N3v2Zk8QpX1sYw7LN3v2Zk8QpX1sYw7LN3v2Zk8QpX1sYw7L")]
    [InlineData("qwertyuiopasdfghjklzxcvbnm1234567890")]
    [InlineData("your-256-bit-secret-your-256-bit-secret")]
    [InlineData("a-string-secret-at-least-256-bits-long")]
    [InlineData("change-me-in-production-please-1234567")]
    [InlineData("CHANGEME_0a1b2c3d4e5f6071829304a5b6c7d8")]
    [InlineData("my_super_jwt_key_for_this_application_9")]
    public void Secret_ThatCouldBeGuessed_IsRefused_NamingTheSetting(string secret)
    {
        foreach (var (options, setting) in ((TokenOptions, string)[])
        [
            (new TokenOptions { Secret = secret }, "Tokens:Secret"),
            (new TokenOptions { Secret = "N3v2Zk8QpX1sYw7LrT5uHc9BdJf0GmAeKiVoSxRn", PreviousSecret = secret }, "Tokens:PreviousSecret"),
        ])
        {
            var refused = Should.Throw<KinoraException>(() => Keys(options).Secrets);
            refused.Code.ShouldBe(ErrorCodes.ConfigurationInvalid);
            refused.Message.ShouldStartWith(setting + " could be guessed");
            if (secret.Length > 5)
            {
                refused.Message.ShouldNotContain(secret);
            }
        }
    }

    [Fact]
    public void Secret_AsRandomOnesAreWritten_IsTaken()
    {
        for (var i = 0; i < 200; i++)
        {
            Keys(new TokenOptions { Secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)) }).Secrets.Count.ShouldBe(1);
            // Of base64 one in a thousand holds a word of samples by chance; its alphabet is tried without the letter all of them need.
            Keys(new TokenOptions { Secret = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).Replace('e', '5').Replace('t', '7').Replace('T', '8').Replace('E', '9') }).Secrets.Count.ShouldBe(1);
        }
    }

    [Fact]
    public void Unset_OneIsMadeOnce_AndKeptForItsOwnerAlone()
    {
        var first = Keys(new TokenOptions()).Secrets[0];

        first.Length.ShouldBe(32);
        Keys(new TokenOptions()).Secrets[0].ShouldBe(first);
        File.GetUnixFileMode(KeyFile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Directory.GetFiles(_folder.Path).ShouldBe([KeyFile]);
    }

    [Fact]
    public async Task Unset_ManyAtOnce_AgreeOnOne()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Convert.ToHexString(Keys(new TokenOptions()).Secrets[0]))));

        made.Distinct().Count().ShouldBe(1);
        Directory.GetFiles(_folder.Path).ShouldBe([KeyFile]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void KeyFile_OfAnotherLength_IsRefused_AndLeftAlone(int length)
    {
        File.WriteAllBytes(KeyFile, new byte[length]);

        Should.Throw<KinoraException>(() => Keys(new TokenOptions()).Secrets).Message.ShouldContain("tokens.key in the data folder is damaged");

        new FileInfo(KeyFile).Length.ShouldBe(length);
    }

    [Theory]
    [InlineData("Secret", "")]
    [InlineData("Secret", "hunter2-hunter2")]
    [InlineData("PreviousSecret", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task Serve_WithOneThatCouldBeGuessed_DoesNotStart(string setting, string secret)
    {
        using var kinora = new KinoraProgram();
        kinora.Environment["KINORA__Tokens__" + setting] = secret;

        var run = await kinora.RunAsync("serve", "--urls", "http://127.0.0.1:0");

        run.ExitCode.ShouldNotBe(0);
        run.Error.ShouldContain($"Tokens:{setting} could be guessed");
        if (secret.Length > 0)
        {
            run.Error.ShouldNotContain(secret);
        }
    }

    private TokenKeys Keys(TokenOptions options) => new(options, new DataFolder(_folder.Path), new SystemRandomBytes(), new KeyFiles());
}
