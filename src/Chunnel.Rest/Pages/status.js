'use strict';

// Asks the node what its REST API tells everybody, and shows it. Texts go in as texts: a job's name is never taken for HTML.
const everyMs = 2000;
const mostRows = 200;
const numbers = [
  ['runningJobs', 'running'], ['pendingJobs', 'waiting'], ['finishedJobs', 'finished'], ['failedJobs', 'failed'],
  ['cancelledJobs', 'cancelled'], ['workers', 'workers'],
];

const at = id => document.getElementById(id);

const element = (name, text, className) => {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
};

const link = (href, text) => {
  const made = element('a', text);
  made.href = href;
  return made;
};

const ask = async path => {
  const answer = await fetch(path, { cache: 'no-store' });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
};

const cell = content => {
  const made = document.createElement('td');
  made.append(content);
  return made;
};

const row = (job, time) => {
  const id = encodeURIComponent(job.jobId);
  const made = document.createElement('tr');
  made.append(
    cell(link(`job-info/${id}`, job.jobId)),
    element('td', job.jobName),
    element('td', job.jobStatus, job.jobStatus),
    element('td', job[time] ?? ''),
    element('td', job.metrics?.SourceReceivedCount ?? '', 'number'),
    element('td', job.metrics?.SinkWriteCount ?? '', 'number'),
    cell(link(`logs/job-${id}.log`, 'log')));
  return made;
};

const list = (id, jobs, time) => {
  at(id).replaceChildren(...jobs.slice(0, mostRows).map(job => row(job, time)));
  at(`${id}-more`).textContent = jobs.length > mostRows ? `${jobs.length - mostRows} more` : jobs.length === 0 ? 'none' : '';
};

const newestFirst = jobs => jobs.sort((one, other) => (other.finishTime ?? '').localeCompare(one.finishTime ?? ''));

// The list of ended jobs is long: it is asked for when it has changed.
let shownEnded = '';
const lookAtEnded = async counts => {
  if (counts === shownEnded) return;
  list('finished', newestFirst(await ask('finished-jobs')), 'finishTime');
  shownEnded = counts;
};

const look = async () => {
  try {
    const [overview, running] = await Promise.all([ask('overview'), ask('running-jobs')]);
    at('version').textContent = `${overview.projectVersion} (${overview.gitCommitAbbrev})`;
    at('overview').replaceChildren(...numbers.map(([key, name]) => {
      const pair = document.createElement('div');
      pair.append(element('dt', name), element('dd', overview[key]));
      return pair;
    }));
    list('running', running, 'createTime');
    await lookAtEnded(`${overview.finishedJobs} ${overview.failedJobs} ${overview.cancelledJobs}`);
    at('state').textContent = `as of ${new Date().toLocaleTimeString()}`;
    at('state').className = '';
  } catch (failure) {
    at('state').textContent = `The node does not answer: ${failure.message}`;
    at('state').className = 'lost';
  }
  setTimeout(look, everyMs);
};

look();
