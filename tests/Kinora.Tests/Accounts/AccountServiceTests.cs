using Kinora.Accounts;
using Kinora.Errors;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Accounts;

public sealed class AccountServiceTests : AccountScene
{
    [Fact]
    public async Task Add_TheFirst_IsTheOperator_TheNextHaveRandomIds()
    {
        var boss = await Accounts.AddAsync(" Boss ", Good, Role.Admin, Cancel);
        var ann = await Accounts.AddAsync("ann", Good, Role.User, dailyBudgetUsd: 2.5m, monthlyBudgetUsd: null, Cancel);

        (boss.Id, boss.Username, boss.Role, boss.CreatedAt, boss.PasswordChangeRequired).ShouldBe(("local", "Boss", Role.Admin, Clock.Now, false));
        ann.Id.ShouldMatch("^user_[0-9a-f]{32}$");
        (ann.Role, ann.DailyBudgetUsd, ann.MonthlyBudgetUsd).ShouldBe((Role.User, 2.5m, null));
        (await Accounts.ListAsync(Cancel)).ShouldBe([boss, ann]);
        (await Accounts.FindByNameAsync(" ANN", Cancel)).ShouldBe(ann);
        (await Accounts.FindByNameAsync("nobody", Cancel)).ShouldBeNull();
        (await Accounts.SignInAsync("ANN ", Good, Here, Cancel)).ShouldBe(ann);
    }

    [Fact]
    public async Task Add_TheFirst_MustBeAnAdmin()
    {
        var refusal = await Should.ThrowAsync<KinoraException>(() => Accounts.AddAsync("ann", Good, Role.User, Cancel));

        (refusal.Code, refusal.Faults[0].Field).ShouldBe((ErrorCodes.InvalidRequest, "role"));
        refusal.Message.ShouldContain("first must be an admin");
        Store.Rows.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(null, Good, "Username and password required")]
    [InlineData(" ", Good, "Username and password required")]
    [InlineData("ann", null, "Username and password required")]
    [InlineData("ann", "", "Username and password required")]
    [InlineData("a\nb", Good, "plain characters")]
    [InlineData("ann", "short", "at least 8")]
    [InlineData("ann", "Football2", "tried first")]
    public async Task Add_WrongInput_IsRefused_BeforeAnyHash(string? username, string? password, string says)
    {
        var refusal = await Should.ThrowAsync<KinoraException>(() => Accounts.AddAsync(username, password, Role.Admin, Cancel));

        refusal.Code.ShouldBe(ErrorCodes.InvalidRequest);
        refusal.Message.ShouldContain(says);
        Hasher.Made.ShouldBe(0);
    }

    [Theory]
    [InlineData(-0.01)]
    [InlineData(1_000_000_001)]
    public async Task Add_OddBudgets_AreRefused(double dollars) =>
        (await Should.ThrowAsync<KinoraException>(() => Accounts.AddAsync("ann", Good, Role.Admin, (decimal)dollars, null, Cancel))).Faults[0].Field.ShouldBe("daily_budget");

    [Fact]
    public async Task Add_ATakenName_IsRefused_WithoutRegardToCase()
    {
        await Accounts.AddAsync("Ann", Good, Role.Admin, Cancel);

        var refusal = await Should.ThrowAsync<KinoraException>(() => Accounts.AddAsync("aNN", Better, Role.User, Cancel));

        (refusal.Code, refusal.Message).ShouldBe((ErrorCodes.UserExists, "User already exists"));
        (await Accounts.SignInAsync("ann", Good, Here, Cancel)).Username.ShouldBe("Ann");
    }

    [Fact]
    public async Task Add_TheFirstByTwoAtOnce_MakesOneOperator_AndKeepsBoth()
    {
        using var elsewhere = NewService();
        var made = await Task.WhenAll(
            Task.Run(() => Accounts.AddAsync("ann", Good, Role.Admin, Cancel)), Task.Run(() => elsewhere.AddAsync("bob", Good, Role.Admin, Cancel)));

        made.Count(a => a.Id == "local").ShouldBe(1);
        Store.Rows.Count.ShouldBe(2);
    }

    [Fact]
    public async Task ChangePassword_NeedsTheCurrentOne_AndEndsEveryToken()
    {
        var boss = await Accounts.AddAsync("boss", Good, Role.Admin, Cancel);

        var wrong = await Should.ThrowAsync<KinoraException>(() => Accounts.ChangePasswordAsync("local", Better, "three horses' song", Here, Cancel));
        var missing = await Should.ThrowAsync<KinoraException>(() => Accounts.ChangePasswordAsync("local", null, Better, Here, Cancel));
        var common = await Should.ThrowAsync<KinoraException>(() => Accounts.ChangePasswordAsync("local", Good, "Football2", Here, Cancel));
        var nobody = await Should.ThrowAsync<KinoraException>(() => Accounts.ChangePasswordAsync("user_0", Good, Better, Here, Cancel));
        (wrong.Code, wrong.Message).ShouldBe((ErrorCodes.InvalidCredentials, "Current password is incorrect"));
        (missing.Code, common.Code, common.Faults[0].Field).ShouldBe((ErrorCodes.InvalidRequest, ErrorCodes.InvalidRequest, "newPassword"));
        nobody.Code.ShouldBe(ErrorCodes.Unauthenticated);
        (await Accounts.FindAsync("local", Cancel)).ShouldBe(boss);

        var changed = await Accounts.ChangePasswordAsync("local", Good, Better, Here, Cancel);

        changed.ShouldBe(boss with { Generation = 1 });
        (await Accounts.FindAsync("local", Cancel)).ShouldBe(changed);
        (await Should.ThrowAsync<KinoraException>(() => Accounts.SignInAsync("boss", Good, Here, Cancel))).Code.ShouldBe(ErrorCodes.InvalidCredentials);
        (await Accounts.SignInAsync("boss", Better, Here, Cancel)).ShouldBe(changed);
    }

    [Fact]
    public async Task ChangePassword_GuessingTheCurrentOne_IsDelayedLikeSigningIn()
    {
        await Accounts.AddAsync("boss", Good, Role.Admin, Cancel);
        var codes = new List<string>();
        for (var n = 0; n < 30; n++)
        {
            codes.Add((await Should.ThrowAsync<KinoraException>(() => Accounts.ChangePasswordAsync("local", $"guess number {n}", Better, Here, Cancel))).Code);
        }

        codes.Count(c => c == ErrorCodes.InvalidCredentials).ShouldBe(5);
        codes[5..].ShouldAllBe(c => c == ErrorCodes.RateLimited);
        Hasher.Looks.Count.ShouldBe(5);
    }

    [Fact]
    public async Task Update_ChangesWhatIsSet_AndNothingElse()
    {
        await Accounts.AddAsync("boss", Good, Role.Admin, Cancel);
        var ann = await Accounts.AddAsync("ann", Good, Role.User, Cancel);

        var rich = await Accounts.UpdateAsync(ann.Id, new AccountChange { Role = Role.Admin, SetDailyBudget = true, DailyBudgetUsd = 5, MonthlyBudgetUsd = 7 }, Cancel);
        rich.ShouldBe(ann with { Role = Role.Admin, DailyBudgetUsd = 5 });
        var free = await Accounts.UpdateAsync(ann.Id, new AccountChange { SetDailyBudget = true, SetMonthlyBudget = true, MonthlyBudgetUsd = 7 }, Cancel);
        free.ShouldBe(rich with { DailyBudgetUsd = null, MonthlyBudgetUsd = 7 });

        var reset = await Accounts.UpdateAsync(ann.Id, new AccountChange { Password = Better }, Cancel);
        reset.Generation.ShouldBe(1);
        (await Accounts.SignInAsync("ann", Better, Here, Cancel)).ShouldBe(reset);
        (await Should.ThrowAsync<KinoraException>(() => Accounts.UpdateAsync("user_0", new AccountChange(), Cancel))).Code.ShouldBe(ErrorCodes.NotFound);
        (await Should.ThrowAsync<KinoraException>(() => Accounts.UpdateAsync(ann.Id, new AccountChange { Password = "ann" }, Cancel))).Code.ShouldBe(ErrorCodes.InvalidRequest);
    }

    [Fact]
    public async Task Update_Disabled_EndsTokensOnce_AndEnabledLetsInAgain()
    {
        await Accounts.AddAsync("boss", Good, Role.Admin, Cancel);
        var ann = await Accounts.AddAsync("ann", Good, Role.User, Cancel);

        var disabled = await Accounts.UpdateAsync(ann.Id, new AccountChange { Disabled = true }, Cancel);
        disabled.ShouldBe(ann with { DisabledAt = Clock.Now, Generation = 1 });
        Clock.Advance(TimeSpan.FromHours(1));
        (await Accounts.UpdateAsync(ann.Id, new AccountChange { Disabled = true }, Cancel)).ShouldBe(disabled);
        (await Should.ThrowAsync<KinoraException>(() => Accounts.ChangePasswordAsync(ann.Id, Good, Better, Here, Cancel))).Code.ShouldBe(ErrorCodes.Unauthenticated);

        (await Accounts.UpdateAsync(ann.Id, new AccountChange { Disabled = false }, Cancel)).ShouldBe(disabled with { DisabledAt = null });
        (await Accounts.SignInAsync("ann", Good, Here, Cancel)).Generation.ShouldBe(1);
    }

    [Fact]
    public async Task Update_TheLastAdmin_CanBeNeitherDisabledNorDemoted()
    {
        await Accounts.AddAsync("boss", Good, Role.Admin, Cancel);
        var ann = await Accounts.AddAsync("ann", Good, Role.User, Cancel);

        foreach (var (change, field) in new[] { (new AccountChange { Disabled = true }, "disabled"), (new AccountChange { Role = Role.User }, "role") })
        {
            var refusal = await Should.ThrowAsync<KinoraException>(() => Accounts.UpdateAsync("local", change, Cancel));
            (refusal.Code, refusal.Faults[0].Field).ShouldBe((ErrorCodes.InvalidRequest, field));
            refusal.Message.ShouldContain("Make another admin first");
        }

        await Accounts.UpdateAsync(ann.Id, new AccountChange { Role = Role.Admin }, Cancel);
        (await Accounts.UpdateAsync("local", new AccountChange { Disabled = true }, Cancel)).DisabledAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task Find_AsksTheStoreOnce_AndSeesOthersChangesWithin5Seconds()
    {
        using var elsewhere = NewService();
        await Accounts.AddAsync("boss", Good, Role.Admin, Cancel);
        for (var n = 0; n < 1000; n++)
        {
            (await elsewhere.FindAsync("local", Cancel))!.Generation.ShouldBe(0);
        }

        Store.Looks.ShouldBe(1);
        await Accounts.EndTokensAsync("local", Cancel);

        (await Accounts.FindAsync("local", Cancel))!.Generation.ShouldBe(1);
        Clock.Jump(TimeSpan.FromDays(-1));
        Clock.Advance(TimeSpan.FromSeconds(5));
        (await elsewhere.FindAsync("local", Cancel))!.Generation.ShouldBe(1);
        (await elsewhere.FindAsync("user_0", Cancel)).ShouldBeNull();
        (await Should.ThrowAsync<KinoraException>(() => Accounts.EndTokensAsync("user_0", Cancel))).Code.ShouldBe(ErrorCodes.NotFound);
    }
}
