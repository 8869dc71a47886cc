using Kinora.Accounts;
using Kinora.Errors;
using Kinora.Jobs;
using Kinora.Tests.Fakes;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Accounts;

public sealed class SignInTests : IDisposable
{
    private const string Good = "a horse's song";
    private const string Better = "two horses' song";
    private const string Here = "192.0.2.7";

    private readonly MemoryAccounts _store = new();
    private readonly CountingHasher _hasher = new();
    private readonly TestClock _clock = new();
    private readonly AccountService _accounts;

    public SignInTests() => _accounts = new AccountService(_store, _hasher, new SystemRandomBytes(), _clock);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _accounts.Dispose();

    [Fact]
    public async Task SignIn_UnknownDisabledAndWrong_AnswerTheSame_AfterTheSameWork()
    {
        await _accounts.AddAsync("boss", Good, Role.Admin, Cancel);
        var ann = await _accounts.AddAsync("ann", Good, Role.User, Cancel);
        await _accounts.UpdateAsync(ann.Id, new AccountChange { Disabled = true }, Cancel);
        var answers = new HashSet<(string, string)>();
        (string Name, string Password)[] tries = [("boss", Better), ("ann", Good), ("ann", Better), ("nobody", Good), ("no\nbody", Good), (new string('x', 5000), Good)];
        foreach (var (name, password) in tries)
        {
            _hasher.Looks.Clear();

            var refusal = await Should.ThrowAsync<KinoraException>(() => _accounts.SignInAsync(name, password, Here, Cancel));

            answers.Add((refusal.Code, refusal.Message));
            _hasher.Looks.ToArray().ShouldBe([210_000], customMessage: name);
        }

        answers.ShouldBe([(ErrorCodes.InvalidCredentials, "Invalid credentials")]);
        // Two accounts, and one hash that is nobody's.
        _hasher.Made.ShouldBe(3);
    }

    [Theory]
    [InlineData(null, Good)]
    [InlineData("", Good)]
    [InlineData("ann", null)]
    [InlineData("ann", "")]
    public async Task SignIn_WithoutOne_IsRefused(string? username, string? password)
    {
        var refusal = await Should.ThrowAsync<KinoraException>(() => _accounts.SignInAsync(username, password, Here, Cancel));

        (refusal.Code, refusal.Message).ShouldBe((ErrorCodes.InvalidRequest, "Username and password required"));
    }

    [Fact]
    public async Task SignIn_WithWhatCanBeNoPassword_CostsNoWork()
    {
        await _accounts.AddAsync("boss", Good, Role.Admin, Cancel);

        foreach (var password in new[] { new string('x', 10_000_000), new string('x', 129), "half a \ud83d" })
        {
            (await Should.ThrowAsync<KinoraException>(() => _accounts.SignInAsync("boss", password, Here, Cancel))).Code.ShouldBe(ErrorCodes.InvalidCredentials);
        }

        _hasher.Looks.ShouldBeEmpty();
    }

    [Fact]
    public async Task SignIn_FloodOfGuesses_IsDelayed_BeforeAnyWork_AndTheOwnerStillEnters()
    {
        await _accounts.AddAsync("boss", Good, Role.Admin, Cancel);
        await _accounts.SignInAsync("boss", Good, Here, Cancel);
        _hasher.Looks.Clear();

        var codes = new List<string>();
        for (var n = 0; n < 1000; n++)
        {
            codes.Add((await Should.ThrowAsync<KinoraException>(() => _accounts.SignInAsync("boss", $"guess number {n}", $"10.0.0.{n % 50}", Cancel))).Code);
        }

        codes.Count(c => c == ErrorCodes.InvalidCredentials).ShouldBe(5);
        codes.Count(c => c == ErrorCodes.RateLimited).ShouldBe(995);
        _hasher.Looks.Count.ShouldBe(5);
        (await _accounts.SignInAsync("boss", Good, Here, Cancel)).Id.ShouldBe("local");
        (await Should.ThrowAsync<KinoraException>(() => _accounts.SignInAsync("boss", Good, "192.0.2.8", Cancel))).RetryAfterSeconds.ShouldBe(180);
        _clock.Advance(TimeSpan.FromSeconds(180));
        (await _accounts.SignInAsync("boss", Good, "192.0.2.8", Cancel)).Id.ShouldBe("local");
    }

    [Fact]
    public async Task SignIn_WhenTheDatabaseIsBusy_CostsNoAttempt()
    {
        await _accounts.AddAsync("boss", Good, Role.Admin, Cancel);
        _store.Fault = new KinoraException(ErrorCodes.DatabaseBusy, "busy");
        for (var n = 0; n < 50; n++)
        {
            (await Should.ThrowAsync<KinoraException>(() => _accounts.SignInAsync("boss", Good, Here, Cancel))).Code.ShouldBe(ErrorCodes.DatabaseBusy);
        }

        _store.Fault = null;
        (await _accounts.SignInAsync("boss", Good, Here, Cancel)).Id.ShouldBe("local");
    }

    [Fact]
    public async Task SignIn_AfterTheRoundsWereRaised_HashesAnew_AndEndsNoToken()
    {
        var boss = await _accounts.AddAsync("boss", Good, Role.Admin, Cancel);
        _hasher.Rounds = 500_000;

        (await _accounts.SignInAsync("boss", Good, Here, Cancel)).ShouldBe(boss);

        _store.Rows[0].PasswordHash.ShouldStartWith("500000:");
        _store.Rows[0].Account.ShouldBe(boss);
        var made = _hasher.Made;
        await _accounts.SignInAsync("boss", Good, Here, Cancel);
        _hasher.Made.ShouldBe(made);
    }
}
