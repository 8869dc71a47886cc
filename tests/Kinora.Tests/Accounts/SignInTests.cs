using Kinora.Accounts;
using Kinora.Errors;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Accounts;

public sealed class SignInTests : AccountScene
{
    [Fact]
    public async Task SignIn_UnknownDisabledAndWrong_AnswerTheSame_AfterTheSameWork()
    {
        await Accounts.AddAsync("boss", Good, Role.Admin, Cancel);
        var ann = await Accounts.AddAsync("ann", Good, Role.User, Cancel);
        await Accounts.UpdateAsync(ann.Id, new AccountChange { Disabled = true }, Cancel);
        var answers = new HashSet<(string, string)>();
        (string Name, string Password)[] tries = [("boss", Better), ("ann", Good), ("ann", Better), ("nobody", Good), ("no\nbody", Good), (new string('x', 5000), Good)];
        foreach (var (name, password) in tries)
        {
            Hasher.Looks.Clear();

            var refusal = await Should.ThrowAsync<KinoraException>(() => Accounts.SignInAsync(name, password, Here, Cancel));

            answers.Add((refusal.Code, refusal.Message));
            Hasher.Looks.ToArray().ShouldBe([210_000], customMessage: name);
        }

        answers.ShouldBe([(ErrorCodes.InvalidCredentials, "Invalid credentials")]);
        // Two accounts, and one hash that is nobody's.
        Hasher.Made.ShouldBe(3);
    }

    [Theory]
    [InlineData(null, Good)]
    [InlineData("", Good)]
    [InlineData("ann", null)]
    [InlineData("ann", "")]
    public async Task SignIn_WithoutOne_IsRefused(string? username, string? password)
    {
        var refusal = await Should.ThrowAsync<KinoraException>(() => Accounts.SignInAsync(username, password, Here, Cancel));

        (refusal.Code, refusal.Message).ShouldBe((ErrorCodes.InvalidRequest, "Username and password required"));
    }

    [Fact]
    public async Task SignIn_WithWhatCanBeNoPassword_CostsNoWork()
    {
        await Accounts.AddAsync("boss", Good, Role.Admin, Cancel);

        foreach (var password in new[] { new string('x', 10_000_000), new string('x', 129), "half a \ud83d" })
        {
            (await Should.ThrowAsync<KinoraException>(() => Accounts.SignInAsync("boss", password, Here, Cancel))).Code.ShouldBe(ErrorCodes.InvalidCredentials);
        }

        Hasher.Looks.ShouldBeEmpty();
    }

    [Fact]
    public async Task SignIn_FloodOfGuesses_IsDelayed_BeforeAnyWork_AndTheOwnerStillEnters()
    {
        await Accounts.AddAsync("boss", Good, Role.Admin, Cancel);
        await Accounts.SignInAsync("boss", Good, Here, Cancel);
        Hasher.Looks.Clear();

        var codes = new List<string>();
        for (var n = 0; n < 1000; n++)
        {
            codes.Add((await Should.ThrowAsync<KinoraException>(() => Accounts.SignInAsync("boss", $"guess number {n}", $"10.0.0.{n % 50}", Cancel))).Code);
        }

        codes.Count(c => c == ErrorCodes.InvalidCredentials).ShouldBe(5);
        codes.Count(c => c == ErrorCodes.RateLimited).ShouldBe(995);
        Hasher.Looks.Count.ShouldBe(5);
        (await Accounts.SignInAsync("boss", Good, Here, Cancel)).Id.ShouldBe("local");
        (await Should.ThrowAsync<KinoraException>(() => Accounts.SignInAsync("boss", Good, "192.0.2.8", Cancel))).RetryAfterSeconds.ShouldBe(180);
        Clock.Advance(TimeSpan.FromSeconds(180));
        (await Accounts.SignInAsync("boss", Good, "192.0.2.8", Cancel)).Id.ShouldBe("local");
    }

    [Fact]
    public async Task SignIn_WhenTheDatabaseIsBusy_CostsNoAttempt()
    {
        await Accounts.AddAsync("boss", Good, Role.Admin, Cancel);
        Store.Fault = new KinoraException(ErrorCodes.DatabaseBusy, "busy");
        for (var n = 0; n < 50; n++)
        {
            (await Should.ThrowAsync<KinoraException>(() => Accounts.SignInAsync("boss", Good, Here, Cancel))).Code.ShouldBe(ErrorCodes.DatabaseBusy);
        }

        Store.Fault = null;
        (await Accounts.SignInAsync("boss", Good, Here, Cancel)).Id.ShouldBe("local");
    }

    [Fact]
    public async Task SignIn_AfterTheRoundsWereRaised_HashesAnew_AndEndsNoToken()
    {
        var boss = await Accounts.AddAsync("boss", Good, Role.Admin, Cancel);
        Hasher.Rounds = 500_000;

        (await Accounts.SignInAsync("boss", Good, Here, Cancel)).ShouldBe(boss);

        Store.Rows[0].PasswordHash.ShouldStartWith("500000:");
        Store.Rows[0].Account.ShouldBe(boss);
        var made = Hasher.Made;
        await Accounts.SignInAsync("boss", Good, Here, Cancel);
        Hasher.Made.ShouldBe(made);
    }
}
