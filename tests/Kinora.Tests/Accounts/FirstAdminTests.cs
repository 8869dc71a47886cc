using System.Security.Cryptography;
using Kinora.Accounts;
using Kinora.Errors;
using Kinora.Jobs;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Accounts;

public sealed class FirstAdminTests : AccountScene
{
    [Fact]
    public async Task Ensure_WithoutPassword_GivesASecret_AndMakesNoAccount()
    {
        var secret = (await Accounts.EnsureAdminAsync(null, Cancel))!;

        secret.ShouldMatch("^([0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{4}$");
        Store.Rows.ShouldBeEmpty();
        (await Should.ThrowAsync<KinoraException>(() => SignInAsync(secret[..^1] + (secret[^1] == 'A' ? 'B' : 'A')))).Code.ShouldBe(ErrorCodes.InvalidCredentials);
        (await Should.ThrowAsync<KinoraException>(() => Accounts.SignInAsync("boss", secret, Here, Cancel))).Code.ShouldBe(ErrorCodes.InvalidCredentials);
        Store.Rows.ShouldBeEmpty();
    }

    [Fact]
    public async Task Secret_LetsAdminIn_Once_AndHeChoosesAPasswordWithoutTellingItAgain()
    {
        var secret = (await Accounts.EnsureAdminAsync("", Cancel))!;

        var admin = await SignInAsync(secret);

        admin.ShouldBe(new Account { Id = "local", Username = "admin", Role = Role.Admin, CreatedAt = Clock.Now, PasswordChangeRequired = true });
        (await Should.ThrowAsync<KinoraException>(() => SignInAsync(secret))).Code.ShouldBe(ErrorCodes.InvalidCredentials);
        var ready = await Accounts.ChangePasswordAsync("local", null, Good, Here, Cancel);
        ready.ShouldBe(admin with { PasswordChangeRequired = false, Generation = 1 });
        (await SignInAsync(Good)).ShouldBe(ready);
        (await Accounts.EnsureAdminAsync(null, Cancel)).ShouldBeNull();
        (await Should.ThrowAsync<KinoraException>(() => Accounts.ChangePasswordAsync("local", null, "two horses' song", Here, Cancel))).Code.ShouldBe(ErrorCodes.InvalidRequest);
    }

    [Fact]
    public async Task Secret_InAnySpelling_IsTheSame()
    {
        var secret = (await Accounts.EnsureAdminAsync(null, Cancel))!;

        (await Accounts.SignInAsync(" ADMIN ", " " + secret.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal).Replace('0', 'o').Replace('1', 'l'), Here, Cancel))
            .Id.ShouldBe("local");
    }

    [Fact]
    public async Task Secret_ByTwoAtOnce_LetsOneIn()
    {
        using var elsewhere = NewService();
        var secret = (await Accounts.EnsureAdminAsync(null, Cancel))!;

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(async () =>
        {
            try
            {
                return (await (n % 2 == 0 ? Accounts : elsewhere).SignInAsync("admin", secret, Here, Cancel)).Id;
            }
            catch (KinoraException refusal)
            {
                return refusal.Code;
            }
        })));

        answers.Count(a => a == "local").ShouldBe(1);
        answers.Count(a => a == ErrorCodes.InvalidCredentials).ShouldBe(7);
    }

    [Fact]
    public async Task Secret_OfTheNextStart_ReplacesTheLast()
    {
        var old = (await Accounts.EnsureAdminAsync(null, Cancel))!;
        var secret = (await Accounts.EnsureAdminAsync(null, Cancel))!;

        secret.ShouldNotBe(old);
        await Should.ThrowAsync<KinoraException>(() => SignInAsync(old));
        (await SignInAsync(secret)).Id.ShouldBe("local");

        // He never chose a password: the next start helps him again, into the same account.
        var again = (await Accounts.EnsureAdminAsync(null, Cancel))!;
        (await SignInAsync(again)).PasswordChangeRequired.ShouldBeTrue();
        Store.Rows.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Secret_EndsWhenTheOperatorMakesAnAccount()
    {
        var secret = (await Accounts.EnsureAdminAsync(null, Cancel))!;
        await Accounts.AddAsync("boss", Good, Role.Admin, Cancel);

        (await Should.ThrowAsync<KinoraException>(() => SignInAsync(secret))).Code.ShouldBe(ErrorCodes.InvalidCredentials);
        (await Accounts.EnsureAdminAsync("another horse's song", Cancel)).ShouldBeNull();
        Store.Rows.Select(r => r.Account.Username).ShouldBe(["boss"]);
    }

    [Fact]
    public async Task Ensure_WithAPassword_MakesTheAccount_AndIgnoresTheNextOne()
    {
        (await Accounts.EnsureAdminAsync(Good, Cancel)).ShouldBeNull();
        (await Accounts.EnsureAdminAsync("two horses' song", Cancel)).ShouldBeNull();

        var admin = await SignInAsync(Good);
        (admin.Id, admin.Role, admin.PasswordChangeRequired).ShouldBe(("local", Role.Admin, false));
        await Should.ThrowAsync<KinoraException>(() => SignInAsync("two horses' song"));
    }

    [Fact]
    public async Task Ensure_WithAPassword_GivesItToTheOneWhoHasNone()
    {
        await SignInAsync((await Accounts.EnsureAdminAsync(null, Cancel))!);

        (await Accounts.EnsureAdminAsync(Good, Cancel)).ShouldBeNull();

        var admin = await SignInAsync(Good);
        (admin.PasswordChangeRequired, admin.Generation).ShouldBe((false, 1));
    }

    [Theory]
    [InlineData("admin")]
    [InlineData("admin123")]
    [InlineData("changeme")]
    [InlineData("short")]
    public async Task Ensure_WithAWeakPassword_NamesTheVariable(string password)
    {
        var refusal = await Should.ThrowAsync<KinoraException>(() => Accounts.EnsureAdminAsync(password, Cancel));

        refusal.Code.ShouldBe(ErrorCodes.ConfigurationInvalid);
        refusal.Message.ShouldStartWith("KINORA_ADMIN_PASSWORD: ");
        Store.Rows.ShouldBeEmpty();
    }

    [Fact]
    public void ASecret_Has160RandomBits_AndTheStoreSeesItsHashOnly()
    {
        var made = Enumerable.Range(0, 1000).Select(_ => SetupSecret.New(new SystemRandomBytes())).ToList();

        made.Distinct().Count().ShouldBe(1000);
        SetupSecret.New(new Counting()).ShouldBe("000G-40R4-0M30-E209-185G-R38E-1W81-24GK");
        SetupSecret.Hash(made[0])!.ShouldBe(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(made[0].Replace("-", "", StringComparison.Ordinal))));
        SetupSecret.Hash(made[0] + "A").ShouldBeNull();
        SetupSecret.Hash(made[0][..^1] + "U").ShouldBeNull();
        SetupSecret.Hash(new string('A', 10_000_000)).ShouldBeNull();
    }

    private Task<Account> SignInAsync(string password) => Accounts.SignInAsync("admin", password, Here, Cancel);

    private sealed class Counting : IRandomBytes
    {
        public void Fill(Span<byte> bytes)
        {
            for (var at = 0; at < bytes.Length; at++)
            {
                bytes[at] = (byte)at;
            }
        }
    }
}
