using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Kinora.Accounts;
using Kinora.Errors;

namespace Kinora.Server.Commands;

/// <summary>Accounts, for the operator of the data folder: he needs no password of theirs.</summary>
internal static class UsersCommand
{
    private static readonly string[] _roles = [.. Enum.GetValues<Role>().Select(Word)];

    public static Command Build() => new("users", "Make, list and change the accounts that people sign in with")
    {
        BuildAdd(),
        BuildList(),
        BuildPasswd(),
        BuildChange("disable", "Keep a user out; servers hear of it within 5 seconds", new AccountChange { Disabled = true }),
        BuildChange("enable", "Let a disabled user in again", new AccountChange { Disabled = false }),
    };

    private static Command BuildAdd()
    {
        var name = Name();
        var role = new Option<string>("--role") { Description = "user or admin; the first one must be an admin", DefaultValueFactory = _ => Word(Role.User), HelpName = "ROLE" };
        role.AcceptOnlyFromAmong(_roles);
        var daily = new Option<decimal?>("--daily-budget") { Description = "US dollars this user may spend a day", HelpName = "USD" };
        var monthly = new Option<decimal?>("--monthly-budget") { Description = "US dollars this user may spend a month", HelpName = "USD" };
        var command = new Command("add", "Make an account; its password is typed, or read from the first line of stdin") { name, role, daily, monthly };
        command.SetAction(CliContext.Action(async (context, parsed, cancel) =>
        {
            var accounts = context.Host.Get<AccountService>();
            var wanted = Enum.Parse<Role>(parsed.GetValue(role)!, ignoreCase: true);
            if (wanted != Role.Admin && (await accounts.ListAsync(cancel)).Count == 0)
            {
                throw KinoraException.Invalid([new Fault("role", "There is no account yet, and the first must be an admin's: add `--role admin`.")]);
            }

            if (PasswordInput.Read() is not { } password)
            {
                return ExitCodes.Interrupted;
            }

            var made = await accounts.AddAsync(parsed.GetValue(name), password, wanted, parsed.GetValue(daily), parsed.GetValue(monthly), cancel);
            context.Answer($"Made {made.Username}, {Word(made.Role)}.", json => Write(json, made));
            return ExitCodes.Done;
        }));
        return command;
    }

    private static Command BuildList()
    {
        var command = new Command("list", "List the accounts there are");
        command.SetAction(CliContext.Action(async (context, _, cancel) =>
        {
            var accounts = await context.Host.Get<AccountService>().ListAsync(cancel);
            context.Answer(Table(accounts), json =>
            {
                json.WriteStartObject();
                json.WriteStartArray("data");
                foreach (var account in accounts)
                {
                    Write(json, account);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            });
            return ExitCodes.Done;
        }));
        return command;
    }

    private static Command BuildPasswd()
    {
        var name = Name();
        var command = new Command("passwd", "Give a user a new password, typed or from the first line of stdin; signs out everywhere") { name };
        command.SetAction(CliContext.Action(async (context, parsed, cancel) =>
        {
            var accounts = context.Host.Get<AccountService>();
            var account = await FindAsync(accounts, parsed.GetValue(name)!, cancel);
            if (PasswordInput.Read() is not { } password)
            {
                return ExitCodes.Interrupted;
            }

            var changed = await accounts.UpdateAsync(account.Id, new AccountChange { Password = password }, cancel);
            context.Answer($"{changed.Username} has a new password.", json => Write(json, changed));
            return ExitCodes.Done;
        }));
        return command;
    }

    private static Command BuildChange(string verb, string description, AccountChange change)
    {
        var name = Name();
        var command = new Command(verb, description) { name };
        command.SetAction(CliContext.Action(async (context, parsed, cancel) =>
        {
            var accounts = context.Host.Get<AccountService>();
            var account = await FindAsync(accounts, parsed.GetValue(name)!, cancel);
            var changed = await accounts.UpdateAsync(account.Id, change, cancel);
            context.Answer($"{changed.Username} is {State(changed)}.", json => Write(json, changed));
            return ExitCodes.Done;
        }));
        return command;
    }

    private static Argument<string> Name() => new("name") { Description = "The name to sign in with" };

    private static async Task<Account> FindAsync(AccountService accounts, string name, CancellationToken cancel) =>
        await accounts.FindByNameAsync(name, cancel)
        ?? throw new KinoraException(ErrorCodes.NotFound, "There is no user with that name. `kinora users list` shows all.");

    private static string Table(IReadOnlyList<Account> accounts)
    {
        if (accounts.Count == 0)
        {
            return "No accounts yet. Make the first:  kinora users add NAME --role admin";
        }

        var names = accounts.Max(a => a.Username.Length);
        return string.Join(Environment.NewLine, accounts.Select(account =>
            $"{account.Id,-37}  {account.Username.PadRight(names)}  {Word(account.Role),-5}  {State(account),-19}  {Budget(account)}".TrimEnd()));
    }

    private static string State(Account account) => account switch
    {
        { DisabledAt: { } end } => string.Create(CultureInfo.InvariantCulture, $"disabled {end.ToLocalTime():yyyy-MM-dd}"),
        { PasswordChangeRequired: true } => "has no password yet",
        _ => "enabled",
    };

    private static string Budget(Account account) => string.Join(", ", new[] { Money(account.DailyBudgetUsd, "day"), Money(account.MonthlyBudgetUsd, "month") }.OfType<string>());

    private static string? Money(decimal? dollars, string time) => dollars is { } d ? string.Create(CultureInfo.InvariantCulture, $"${d:0.00####} a {time}") : null;

    private static string Word(Role role) => role.ToString().ToLowerInvariant();

    private static void Write(Utf8JsonWriter json, Account account)
    {
        json.WriteStartObject();
        json.WriteString("id", account.Id);
        json.WriteString("username", account.Username);
        json.WriteString("role", Word(account.Role));
        JobView.WriteTime(json, "created_at", account.CreatedAt);
        JobView.WriteTime(json, "disabled_at", account.DisabledAt);
        json.WriteBoolean("password_change_required", account.PasswordChangeRequired);
        JobView.WriteMoney(json, "daily_budget_usd", account.DailyBudgetUsd);
        JobView.WriteMoney(json, "monthly_budget_usd", account.MonthlyBudgetUsd);
        json.WriteEndObject();
    }
}
