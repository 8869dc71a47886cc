using System.Text.Json;
using Kinora.Accounts;
using Kinora.Server.Commands;
using Kinora.Server.Schema;
using static Kinora.Server.Schema.Shape;

namespace Kinora.Server.Api.Accounts;

/// <summary>An account as the API shows it: the original's <c>id</c> and <c>username</c>, then ours.</summary>
internal static class AccountRow
{
    public static Shape Shape { get; } = Schema.Shape.Object(
        ("id", Text), ("username", Text), ("role", OneOf("admin", "user")), ("created_at?", Integer), ("disabled?", Flag), ("password_change_required?", Flag),
        ("daily_budget_usd?", Anything), ("monthly_budget_usd?", Anything));

    public const string Example = """{"id":"local","username":"admin","role":"admin","created_at":1795284000,"disabled":false,"password_change_required":false,"daily_budget_usd":null,"monthly_budget_usd":null}""";

    public static void Write(Utf8JsonWriter json, Account account)
    {
        json.WriteStartObject();
        json.WriteString("id", account.Id);
        json.WriteString("username", account.Username);
        json.WriteString("role", account.Role.Word());
        JobView.WriteTime(json, "created_at", account.CreatedAt);
        json.WriteBoolean("disabled", account.DisabledAt is not null);
        json.WriteBoolean("password_change_required", account.PasswordChangeRequired);
        JobView.WriteMoney(json, "daily_budget_usd", account.DailyBudgetUsd);
        JobView.WriteMoney(json, "monthly_budget_usd", account.MonthlyBudgetUsd);
        json.WriteEndObject();
    }

    /// <summary>Whoever comes by an API key of the operator's that belongs to no account.</summary>
    public static void WriteUnnamed(Utf8JsonWriter json, string id)
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("username", id);
        json.WriteString("role", Role.User.Word());
        json.WriteEndObject();
    }

    public static void WriteSuccess(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteBoolean("success", true);
        json.WriteEndObject();
    }
}
