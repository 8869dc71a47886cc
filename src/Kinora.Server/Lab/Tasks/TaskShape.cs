using System.Text.Json.Nodes;
using Kinora.Server.Lab.Shapes;

namespace Kinora.Server.Lab.Tasks;

/// <summary>An imitated vendor whose jobs are tasks: one request makes one, looks tell how it stands. It keeps nothing itself: labs share it.</summary>
internal abstract class TaskShape : ILabShape
{
    /// <summary>Prefix of its addresses, and its name in the ledger.</summary>
    public abstract string Name { get; }

    public abstract IEnumerable<(string Prefix, string What)> Help { get; }

    /// <summary>False: it also serves who brings no key.</summary>
    public virtual bool NeedsKey => true;

    /// <summary>The status of an accepted create.</summary>
    public virtual int AcceptedStatus => 200;

    public void Map(IEndpointRouteBuilder routes, LabDesk desk) => Map(routes.MapGroup("/" + Name), routes, new TaskCalls(desk, this));

    /// <summary>Maps the vendor's calls.</summary>
    /// <param name="group">Addresses below its prefix.</param>
    protected abstract void Map(IEndpointRouteBuilder group, IEndpointRouteBuilder routes, TaskCalls calls);

    /// <summary>An HTTP error in its form.</summary>
    public abstract JsonObject Error(int status, string code, string message);

    public virtual string NewId() => Guid.NewGuid().ToString();

    /// <summary>The same where doors give ids of their own kinds.</summary>
    public virtual string NewId(HttpContext context) => NewId();

    /// <summary>The prompt of a create; null when the body is none that it takes.</summary>
    public abstract string? Prompt(LabBody body);

    /// <summary>Reads a create.</summary>
    /// <exception cref="TaskRefusal">The vendor would turn it away.</exception>
    public abstract TaskWish Read(HttpContext context, LabBody body);

    /// <summary>What takes time to look at in a create that could be read.</summary>
    /// <exception cref="TaskRefusal">The vendor would turn it away.</exception>
    public virtual Task VetAsync(HttpContext context, LabBody body) => Task.CompletedTask;

    /// <summary>Where a create asks to be called; null: nowhere.</summary>
    public virtual Uri? CallbackOf(HttpContext context, LabBody body) => Uri.TryCreate(body["callback_url"], UriKind.Absolute, out var url) ? url : null;

    /// <summary>The headers by which the vendor signs a call; none where it does not.</summary>
    /// <param name="at">When the call says that it was sent.</param>
    public virtual IEnumerable<KeyValuePair<string, string>> Signed(LabJob job, string body, DateTimeOffset at) => [];

    /// <summary>The answer to a create.</summary>
    public abstract JsonObject Accepted(HttpContext context, LabJob job);

    /// <summary>The same where it holds what was made.</summary>
    public virtual Task<JsonObject> AcceptedAsync(HttpContext context, LabDesk desk, LabJob job) => Task.FromResult(Accepted(context, job));

    /// <summary>A job as a look shows it.</summary>
    /// <param name="link">Of the result; null while there is none.</param>
    public abstract JsonObject View(HttpContext context, LabJob job, TaskLook look, string? link);
}
