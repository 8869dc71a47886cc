using System.Text.Json;
using Kinora.Accounts;
using Kinora.Server.Commands;

namespace Kinora.Server.Api.Accounts;

/// <summary>An API key as REST and the command line show it.</summary>
internal static class KeyRow
{
    /// <param name="secret">Only right after it was made; null otherwise.</param>
    /// <param name="withUser">Whose it is: for the operator, who sees those of everybody.</param>
    public static void Write(Utf8JsonWriter json, ApiKey key, string? secret, bool withUser)
    {
        json.WriteStartObject();
        json.WriteString("id", key.Id);
        json.WriteString("name", key.Name);
        if (withUser)
        {
            json.WriteString("user", key.UserId);
        }

        json.WriteStartArray("scopes");
        foreach (var word in key.Scopes.Words())
        {
            json.WriteStringValue(word);
        }

        json.WriteEndArray();
        if (key.Limits.CreatesPerMinute is { } creates)
        {
            json.WriteNumber("creates_per_minute", creates);
        }
        else
        {
            json.WriteNull("creates_per_minute");
        }

        JobView.WriteMoney(json, "daily_budget_usd", key.Limits.DailyUsd);
        JobView.WriteMoney(json, "monthly_budget_usd", key.Limits.MonthlyUsd);
        JobView.WriteTime(json, "created_at", key.CreatedAt);
        JobView.WriteTime(json, "last_used_at", key.LastUsedAt);
        JobView.WriteTime(json, "revoked_at", key.RevokedAt);
        if (secret is not null)
        {
            json.WriteString("key", secret);
        }

        json.WriteEndObject();
    }
}
