using System.CommandLine;
using System.Globalization;
using Kinora.Accounts;
using Kinora.Generation;
using Kinora.Server.Api.Accounts;

namespace Kinora.Server.Commands;

/// <summary>API keys, for the operator of the data folder: he may see and end those of every user.</summary>
internal static class KeysCommand
{
    public static Command Build() => new("keys", "Make, list and revoke API keys") { BuildCreate(), BuildList(), BuildRevoke() };

    private static Command BuildCreate()
    {
        var name = new Option<string>("--name") { Description = "What it is for", HelpName = "NAME", Required = true };
        var scope = new Option<string>("--scope")
        {
            Description = $"What it may do: {string.Join(", ", KeyScopeWords.All)}, with commas between",
            DefaultValueFactory = _ => "read,create",
            HelpName = "WORDS",
        };
        var user = new Option<string>("--user") { Description = "Whose it is: the name of an account, or any word", DefaultValueFactory = _ => Caller.Local.UserId, HelpName = "USER" };
        var creates = new Option<int?>("--creates-per-minute") { Description = "How many creates this key may ask for", HelpName = "N" };
        var daily = new Option<decimal?>("--daily-budget") { Description = "US dollars that may be spent with this key a day (UTC)", HelpName = "USD" };
        var monthly = new Option<decimal?>("--monthly-budget") { Description = "US dollars that may be spent with this key a month (UTC)", HelpName = "USD" };
        var command = new Command("create", "Make a key and show it, once") { name, scope, user, creates, daily, monthly };
        command.SetAction(CliContext.Action(async (context, parsed, cancel) =>
        {
            var scopes = KeyScopeWords.Parse(parsed.GetValue(scope)!);
            var owner = await UserIdAsync(context, parsed.GetValue(user)!, cancel);
            var limits = new KeyLimits(parsed.GetValue(creates), parsed.GetValue(daily), parsed.GetValue(monthly));
            var made = await context.Host.Get<ApiKeys>().CreateAsync(owner, parsed.GetValue(name)!, scopes, limits, cancel);
            context.Answer(made.Secret, json => KeyRow.Write(json, made.Key, made.Secret, withUser: true));
            CliContext.Say($"Keep it now: it is shown only this once. `kinora keys revoke {made.Key.Id}` ends it.");
            return ExitCodes.Done;
        }));
        return command;
    }

    private static Command BuildList()
    {
        var user = new Option<string?>("--user") { Description = "Only keys of this user", HelpName = "USER" };
        var command = new Command("list", "List the keys there are, without their secrets") { user };
        command.SetAction(CliContext.Action(async (context, parsed, cancel) =>
        {
            var owner = parsed.GetValue(user) is { } name ? await UserIdAsync(context, name, cancel) : null;
            var keys = await context.Host.Get<ApiKeys>().ListAsync(owner, cancel);
            context.Answer(Table(keys), json =>
            {
                json.WriteStartObject();
                json.WriteStartArray("data");
                foreach (var key in keys)
                {
                    KeyRow.Write(json, key, secret: null, withUser: true);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            });
            return ExitCodes.Done;
        }));
        return command;
    }

    private static Command BuildRevoke()
    {
        var id = new Argument<string>("id") { Description = "Id of a key (key_…), as the list tells it" };
        var command = new Command("revoke", "End a key for ever; running servers hear of it within 5 seconds") { id };
        command.SetAction(CliContext.Action(async (context, parsed, cancel) =>
        {
            var name = parsed.GetValue(id)!;
            await context.Host.Get<ApiKeys>().RevokeAsync(name, userId: null, cancel);
            context.Answer($"Revoked {name}.", json =>
            {
                json.WriteStartObject();
                json.WriteString("id", name);
                json.WriteBoolean("revoked", true);
                json.WriteEndObject();
            });
            return ExitCodes.Done;
        }));
        return command;
    }

    /// <summary>The id behind the name of an account; anything else stands for itself, so that a key can be anybody's.</summary>
    private static async Task<string> UserIdAsync(CliContext context, string user, CancellationToken cancel) =>
        (await context.Host.Get<AccountService>().FindByNameAsync(user, cancel))?.Id ?? user;

    private static string Table(IReadOnlyList<ApiKey> keys)
    {
        if (keys.Count == 0)
        {
            return "No keys yet. Make one:  kinora keys create --name laptop";
        }

        var (users, scopes) = (keys.Max(k => k.UserId.Length), keys.Max(k => Scopes(k).Length));
        return string.Join(Environment.NewLine, keys.Select(key =>
            $"{key.Id}  {key.UserId.PadRight(users)}  {Scopes(key).PadRight(scopes)}  {State(key),-22}  {key.Name}{Limits(key.Limits)}"));
    }

    private static string State(ApiKey key) => key switch
    {
        { RevokedAt: { } end } => string.Create(CultureInfo.InvariantCulture, $"revoked {end.ToLocalTime():yyyy-MM-dd}"),
        { LastUsedAt: { } used } => string.Create(CultureInfo.InvariantCulture, $"used {used.ToLocalTime():yyyy-MM-dd HH:mm}"),
        _ => "never used",
    };

    private static string Limits(KeyLimits limits)
    {
        string?[] parts =
        [
            limits.CreatesPerMinute is { } creates ? string.Create(CultureInfo.InvariantCulture, $"{creates} creates a minute") : null,
            limits.DailyUsd is { } daily ? string.Create(CultureInfo.InvariantCulture, $"${daily:0.00##} a day") : null,
            limits.MonthlyUsd is { } monthly ? string.Create(CultureInfo.InvariantCulture, $"${monthly:0.00##} a month") : null,
        ];
        var told = string.Join(", ", parts.OfType<string>());
        return told.Length == 0 ? "" : $"  ({told})";
    }

    private static string Scopes(ApiKey key) => string.Join(',', key.Scopes.Words());
}
