using Kinora.Errors;
using static Kinora.Errors.ErrorCodes;

namespace Kinora.Server.Api.Describing;

/// <summary>What an error says, for examples: one of its sentences where there is a usual one, else what it suggests.</summary>
internal static class ExampleTexts
{
    private static readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal)
    {
        [InvalidRequest] = "Prompt is required",
        [Unauthenticated] = "No token provided",
        [InvalidCredentials] = "Invalid credentials",
        [PasswordChangeRequired] = "Choose a password first: POST /api/auth/change-password.",
        [RoleMissing] = "Only an admin may do this.",
        [ScopeMissing] = "This key lacks the scope create. Make one that has it, or sign in.",
        [NotFound] = "Video not found",
        [NotReady] = "Video is not ready yet",
        [NotTerminal] = "It is still being made. Wait for it, or cancel it first.",
        [ErrorCodes.FileNotFound] = "File not found",
        [UserExists] = "User already exists",
        [RateLimited] = "Too many requests: 600 a minute are allowed. Try again in 3 s.",
        [BudgetExceeded] = "This would cost about $3.20; $47.60 of the $50.00 for this month (UTC) are spent or reserved. Nothing was sent.",
        [ModelNotFound] = "There is no model \"sora-3\" here. Near ones: animatic/storyboard.",
        [Internal] = "Something went wrong inside Kinora; its log tells more under the request id. Nothing is lost: look how things stand before creating again.",
    };

    public static string Of(string code) => _texts.GetValueOrDefault(code) ?? Recovery.Of(code).Suggestion;
}
