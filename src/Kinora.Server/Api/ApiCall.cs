using System.Text.Json;
using Kinora.Accounts;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Server.Schema;
using Kinora.Server.Security;

namespace Kinora.Server.Api;

/// <summary>One request that has passed the guard, sign-in and checks of its form.</summary>
/// <param name="identity">Null only where anybody may call.</param>
/// <param name="form">Arguments of query and body, and the files that came with them.</param>
internal sealed class ApiCall(HttpContext context, Identity? identity, ApiForm form)
{
    public HttpContext Context { get; } = context;

    public Identity Identity => identity ?? throw new InvalidOperationException("Anybody may call this operation.");

    public Caller Caller => Identity.Caller;

    /// <exception cref="KinoraException"><c>unauthenticated</c>: it came by an API key.</exception>
    public SignIn SignIn => Identity.SignIn ?? throw new KinoraException(ErrorCodes.Unauthenticated, "This needs a sign-in with name and password; an API key is not enough.");

    public GivenArguments Arguments => form.Arguments;

    /// <summary>Lets go of all that came, before a long wait: pictures in a body are large.</summary>
    public void Forget() => form.Forget();

    public CancellationToken Cancel => Context.RequestAborted;

    /// <summary>The part of the address in braces.</summary>
    public string Id => Part("id");

    /// <summary>Another part of the address in braces.</summary>
    public string Part(string name) => (string)Context.Request.RouteValues[name]!;

    public bool IsAdmin => Identity.Allows(KeyScopes.Admin);

    /// <summary>Pictures that came as files under a name, in order.</summary>
    public IReadOnlyList<ImageSource> Files(string name) => [.. form.Files.Where(f => f.Field == name).Select(f => f.Picture)];

    public ImageSource? File(string name) => Sent(name)?.Picture;

    /// <summary>The file that came under a name, whatever it is.</summary>
    public SentFile? Sent(string name) => form.Files.FirstOrDefault(f => f.Field == name);

    /// <summary>From the header <c>Idempotency-Key</c>; null when there is none.</summary>
    /// <exception cref="KinoraException">There is more than one.</exception>
    public string? IdempotencyKey => Context.Request.Headers["Idempotency-Key"] switch
    {
        { Count: 0 } => null,
        [{ } key] => key,
        _ => throw KinoraException.Invalid([new Fault("Idempotency-Key", "Send one Idempotency-Key header, not several.")]),
    };

    /// <summary>An object with nothing but a list in it.</summary>
    public Task AnswerListAsync<T>(string name, IEnumerable<T> rows, Action<Utf8JsonWriter, T> row) => AnswerAsync(json =>
    {
        json.WriteStartObject();
        ApiJson.WriteList(json, name, rows, row);
        json.WriteEndObject();
    });

    public Task AnswerAsync(Action<Utf8JsonWriter> write) => ApiJson.WriteAsync(Context, StatusCodes.Status200OK, write);
}
