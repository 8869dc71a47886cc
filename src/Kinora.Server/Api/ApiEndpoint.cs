using Kinora.Accounts;
using Kinora.Assets;
using Kinora.Errors;
using Kinora.Jobs;
using Kinora.Server.Gateway;
using Kinora.Server.Security;

namespace Kinora.Server.Api;

/// <summary>How every request to the REST API runs: guard, who is it, may he, how often, what did he send, then the operation; faults are mapped once.</summary>
internal sealed class ApiEndpoint(
    HostGuard guard, OwnPages pages, Identities identities, CallerRate requests, CreateRate creates, IAssetStore assets, IRandomBytes random, LargeBodies large, ILogger<ApiEndpoint> log)
{
    public void Map(IEndpointRouteBuilder app, IEnumerable<ApiOperation> operations)
    {
        foreach (var operation in operations)
        {
            app.MapMethods(operation.Path, operation.Method == "GET" ? ["GET", "HEAD"] : [operation.Method], context => HandleAsync(operation, context))
                .WithMetadata(operation);
        }

        Close(app, "/api/{**rest}", ApiStyle.Platform);
        Close(app, "/v1/{**rest}", OpenAiStyle.Instance);
    }

    /// <summary>What is no operation is told in the words of those that are.</summary>
    private void Close(IEndpointRouteBuilder app, string rest, ApiStyle style) => app.Map(rest, context => ApiErrors.WriteAsync(
        context, new KinoraException(ErrorCodes.NotFound, "There is no such address, or not with this method. /docs lists all there are."), style, log));

    private async Task HandleAsync(ApiOperation operation, HttpContext context)
    {
        operation.Style.AddHeaders(context);
        try
        {
            if (!operation.AnyHost && !guard.Allows(context.Request))
            {
                throw new KinoraException(
                    ErrorCodes.HostRefused, "This Host or Origin may not be used here. The operator allows more with Server:AllowedHosts and Server:AllowedOrigins.");
            }

            var identity = operation.Access == ApiAccess.Anybody ? null : await AdmitAsync(operation, context.Request);
            if (identity is not null)
            {
                Count(requests, identity);
                if (operation.StartsJob)
                {
                    await creates.TakeAsync(identity.Caller, context.RequestAborted);
                }
            }

            using var form = await ApiForm.ReadAsync(operation, context, assets, random, large);
            await operation.Run(new ApiCall(context, identity, form));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered.
        }
        catch (Exception fault)
        {
            await ApiErrors.WriteAsync(context, fault, operation.Style, log);
        }
    }

    private async ValueTask<Identity> AdmitAsync(ApiOperation operation, HttpRequest request)
    {
        if (await identities.OfAsync(request, request.HttpContext.RequestAborted) is not { } identity)
        {
            throw new KinoraException(ErrorCodes.Unauthenticated, Identities.ShowsAnything(request) ? "Invalid token" : "No token provided");
        }

        // A browser sends a cookie along for every page; only our own pages may change anything by it.
        if (identity.ByCookie && !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !pages.Sent(request))
        {
            throw new KinoraException(
                ErrorCodes.HostRefused, "A change by a cookie is for pages of this server, and needs the Origin header that browsers send. Programs send Authorization: Bearer instead.");
        }

        if (identity.MustChoosePassword && !operation.BeforePassword)
        {
            throw new KinoraException(ErrorCodes.PasswordChangeRequired, "Choose a password first: POST /api/auth/change-password.");
        }

        if (operation.Access == ApiAccess.SignedIn && identity.SignIn is null)
        {
            throw new KinoraException(ErrorCodes.ScopeMissing, "This needs a sign-in with name and password; an API key is not enough.");
        }

        Require(operation.Access, identity);
        return identity;
    }

    private static void Require(ApiAccess access, Identity identity)
    {
        var scope = access switch { ApiAccess.Read => KeyScopes.Read, ApiAccess.Create => KeyScopes.Create, ApiAccess.Admin => KeyScopes.Admin, _ => KeyScopes.None };
        if (identity.Allows(scope))
        {
            return;
        }

        throw identity.SignIn is not null
            ? new KinoraException(ErrorCodes.RoleMissing, "Only an admin may do this.")
            : new KinoraException(ErrorCodes.ScopeMissing, $"This key lacks the scope {string.Join(", ", scope.Words())}. Make one that has it, or sign in.");
    }

    private static void Count(CallerRate rate, Identity identity)
    {
        if (!rate.TryTake(identity.Caller.UserId, out var wait))
        {
            throw new KinoraException(ErrorCodes.RateLimited, $"Too many requests: {rate.PerMinute} a minute are allowed. Try again in {wait} s.") { RetryAfterSeconds = wait };
        }
    }
}
